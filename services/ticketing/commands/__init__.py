"""Every write of ticketing, one module per use case."""
