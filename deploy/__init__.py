"""What starts the platform: local supervisor, sandbox network, demo data; it knows all."""
