"""HTTP bodies of analytics."""
