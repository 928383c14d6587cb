"""Loading and adding rows, per aggregate."""
