"""The folder `.parley/`: data, logs, secrets, who is running; it survives every ending."""

import fcntl
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import psutil

from deploy.local.errors import StartError
from deploy.topology import SECRETS, new_secret

ROOT = Path(__file__).parents[2]
_LEAST_SPACE = 200 * 1024 * 1024
_LONGEST_LOG = 20 * 1024 * 1024


class Home:
    """The state of one installation on this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.data = self.path / "data"
        self.logs = self.path / "logs"
        self.run = self.path / "run"
        self._lock: TextIO | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Home":
        return cls(Path(environ.get("PARLEY_HOME") or ROOT / ".parley"))

    def open(self) -> None:
        """Make the folders and hold them against a second supervisor."""
        try:
            for folder in (self.path, self.data, self.logs, self.run):
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._take_lock()
        except OSError as error:
            raise StartError(f"{self.path} cannot be written: {error.strerror}.") from error
        free = shutil.disk_usage(self.path).free
        if free < _LEAST_SPACE:
            raise StartError(
                f"The disk that holds {self.path} has {free // 2**20} MB left and Parley needs"
                f" {_LEAST_SPACE // 2**20} MB: free some space and start again."
            )

    def close(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _take_lock(self) -> TextIO:
        lock = (self.run / "supervisor.lock").open("a+")
        try:
            # The kernel drops the lock with the process, so no ending leaves it behind.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise StartError(
                f"Parley is already running over {self.path} (process {holder}): stop that one"
                " first, or set PARLEY_HOME and PARLEY_PORT for a second one."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        return lock

    def secrets(self) -> dict[str, str]:
        """The installation's secrets; those that are missing are made up and kept."""
        file = self.path / "secrets.env"
        known = _read_env(file.read_text()) if file.exists() else {}
        missing = {name: new_secret() for name in SECRETS if name not in known}
        if missing:
            known |= missing
            fresh = file.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text("".join(f"{name}={value}\n" for name, value in known.items()))
            fresh.replace(file)
        return known

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def turn_log(self, name: str) -> None:
        """Begin a new log when the old one has grown long; the one before it is kept."""
        log = self.log(name)
        if log.exists() and log.stat().st_size > _LONGEST_LOG:
            log.replace(log.with_suffix(".log.1"))

    def remember(self, name: str, pid: int) -> None:
        """Note a child, so that the next start finds it if it outlives this one.

        A disk that is full must not end what runs: then there is no note.
        """
        born = psutil.Process(pid).create_time()
        with suppress(OSError):
            (self.run / f"{name}.pid").write_text(f"{pid} {born}\n")

    def forget(self, name: str) -> None:
        (self.run / f"{name}.pid").unlink(missing_ok=True)

    def end_leftovers(self, patience: float = 5.0) -> None:
        """End the children of a supervisor that was killed; a number alone proves nothing."""
        left = [found for note in self.run.glob("*.pid") if (found := _same_process(note))]
        for process in left:
            process.terminate()
        for process in psutil.wait_procs(left, timeout=patience)[1]:
            process.kill()
        for note in self.run.glob("*.pid"):
            note.unlink()


def _same_process(note: Path) -> psutil.Process | None:
    pid, _, born = note.read_text().partition(" ")
    try:
        process = psutil.Process(int(pid))
        return process if process.create_time() == float(born) else None
    except (ValueError, psutil.NoSuchProcess):
        return None


def _read_env(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}
