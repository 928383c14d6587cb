"""The technical kernel that every process stands on; it knows no service and no business rule."""
