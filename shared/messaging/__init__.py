"""The bus: one small protocol, two implementations, the relay in and the consumers out."""
