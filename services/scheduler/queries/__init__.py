"""Every read of scheduler."""
