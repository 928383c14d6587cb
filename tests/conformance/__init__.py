"""The promises of the bus, checked on every implementation of it."""
