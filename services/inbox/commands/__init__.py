"""Every write of the inbox, one module per use case."""
