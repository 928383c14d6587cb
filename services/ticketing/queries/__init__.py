"""Every read of ticketing."""
