"""The only public door: authentication, limits, routing and the live stream."""
