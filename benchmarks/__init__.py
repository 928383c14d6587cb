"""What Parley costs, each figure beside that of a bare program in the same run: `make bench`."""
