"""What makes a package under `services/` a process; each `app.py` and `__main__` starts here."""

from shared.service.process import Kernel, Parts, Service, assemble, run

__all__ = ["Kernel", "Parts", "Service", "assemble", "run"]
