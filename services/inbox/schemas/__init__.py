"""HTTP bodies of the inbox."""
