"""A simulated social network that runs as its own process; product code never imports it."""
