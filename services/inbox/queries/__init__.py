"""Every read of the inbox."""
