"""HTTP bodies of ticketing."""
