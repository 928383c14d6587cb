"""Every write of analytics, one module per use case."""
