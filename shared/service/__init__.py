"""What makes a package under `services/` a process; each `app.py` and `__main__` starts here."""

from shared.service.process import Parts, Service, run

__all__ = ["Parts", "Service", "run"]
