"""A mail server for one machine that delivers nothing: what it takes is shown on a page."""
