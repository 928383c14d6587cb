"""Pure parts of the kernel."""
