"""The contracts between services: one frozen model per event and version."""
