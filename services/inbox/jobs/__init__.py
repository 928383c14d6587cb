"""Work that becomes due: each module makes the kinds of work of one concern."""
