"""The live stream: what happens is shown within a second to those who may see it."""
