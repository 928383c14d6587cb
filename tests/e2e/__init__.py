"""The real processes, seen from outside."""
