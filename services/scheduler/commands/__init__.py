"""Every write of scheduler."""
