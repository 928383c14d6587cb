"""The hidden hand: tests and demos shape the network here. Nobody's product may call it."""
