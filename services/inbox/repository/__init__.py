"""Loading for update and adding, one module per aggregate."""
