"""The small rules of a local start."""
