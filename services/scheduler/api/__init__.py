"""Routes of scheduler: parse, authorise, call one command or query, return."""
