"""Numbers from events: volume, care, content, ads, goals, reports."""
