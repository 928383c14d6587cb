"""Social networks behind one small protocol; nobody outside knows a network's name."""
