"""What Parley costs, beside bare programs in the same run wherever there is one: `make bench`."""
