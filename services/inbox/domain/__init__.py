"""Pure rules of the inbox: states, threads, search terms; Protocols for outside help."""
