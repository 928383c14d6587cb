"""The whole platform as a person starts it: `python -m deploy.local` in a folder of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from deploy.healthcheck import is_ready
from deploy.local.home import Home
from deploy.local.ports import HOST, free_ports
from deploy.local.site import LocalSite, port_variable
from deploy.postgres.cluster import Cluster
from deploy.topology import PROCESSES, SERVICE_PROCESSES, Process, environment
from tests.support.postgres import ROOT

START_SECONDS = 90.0
_TIMESTAMP = re.compile(r'"timestamp":"([^"]+)"')
_WENT_WELL = re.compile(r'"status":[23]\d\d,.*"event":"http\.request"')


class LocalPlatform:
    """One home folder and its ports; `start` and `stop` may be called again and again."""

    def __init__(
        self,
        home: Path,
        environ: Mapping[str, str] | None = None,
        module: str = "deploy.local",
    ) -> None:
        self.home = home
        self._module = module
        smtp_port, *ports = free_ports(1 + len(PROCESSES))
        self.ports = dict(zip(PROCESSES, ports, strict=True))
        named = {port_variable(process): str(port) for process, port in self.ports.items()}
        self.environ = {**os.environ, **named, "PARLEY_HOME": str(home), "PARLEY_DEMO": "no"}
        self.environ["MAILBOX_SMTP_PORT"] = str(smtp_port)
        self.environ.update(environ or {})
        self.output = home.with_suffix(".out")
        self._supervisor: subprocess.Popen[bytes] | None = None

    def url(self, process: Process) -> str:
        return f"http://127.0.0.1:{self.ports[process]}"

    def told(self) -> dict[str, str]:
        """What its services are told, for who works beside them: the variables of all of them."""
        secrets = Home(self.home).secrets()
        postmaster = self.home / "data/postgres/data/postmaster.pid"
        port = int(postmaster.read_text().splitlines()[3])
        cluster = Cluster(HOST, port, secrets["POSTGRES_PASSWORD"])
        site = LocalSite(self.environ, secrets, cluster, self.home / "data")
        services = (environment(process, site) for process in SERVICE_PROCESSES)
        return {name: value for each in services for name, value in each.items()}

    def ready(self, process: Process) -> bool:
        return is_ready(self.url(process) + process.ready)

    def pid(self, name: str) -> int:
        """The process id of a child, by the note that the supervisor keeps."""
        return int((self.home / "run" / f"{name}.pid").read_text().split()[0])

    @property
    def supervisor(self) -> psutil.Process:
        assert self._supervisor is not None
        return psutil.Process(self._supervisor.pid)

    def launch(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a supervisor and return at once; its terminal is the file `output`."""
        with self.output.open("wb") as out:
            self._supervisor = subprocess.Popen(
                [sys.executable, "-m", self._module, *arguments],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        return self._supervisor

    def start(self, *arguments: str, seconds: float = START_SECONDS) -> None:
        child = self.launch(*arguments)
        wait_for(
            lambda: child.poll() is not None or "Parley runs at" in self.said(),
            self.said,
            seconds,
        )
        assert child.poll() is None, self.said()

    @property
    def running(self) -> bool:
        return self._supervisor is not None and self._supervisor.poll() is None

    def stop(self) -> int:
        """Ask as Ctrl-C does; the exit code."""
        if self._supervisor is None:
            return 0
        if self._supervisor.poll() is None:
            self._supervisor.send_signal(signal.SIGINT)
        code = self._supervisor.wait(60)
        self._supervisor = None
        return code

    def said(self) -> str:
        return self.output.read_text()

    def logs(self, most: int = 100) -> str:
        """The last lines in the logs of all processes, by time; without requests that went well."""
        lines = [
            (found.group(1), f"{log.stem}: {line[:600]}")
            for log in (self.home / "logs").glob("*.log")
            for line in log.read_text(errors="replace").splitlines()
            if (found := _TIMESTAMP.search(line)) and not _WENT_WELL.search(line)
        ]
        return "\n".join(line for _, line in sorted(lines)[-most:])


def wait_for(
    condition: Callable[[], object], tell: Callable[[], str] = str, seconds: float = 30.0
) -> None:
    """Return when the condition holds; past the deadline fail with what `tell` says."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, tell()
        time.sleep(0.05)


def platform_home() -> Iterator[Path]:
    """A folder that every account can enter, as Postgres under root needs."""
    folder = Path(tempfile.mkdtemp(prefix="parley-platform-"))
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def platform() -> Iterator[LocalPlatform]:
    """The running platform of this worker, without demo data."""
    for home in platform_home():
        started = LocalPlatform(home)
        started.start()
        yield started
        started.stop()
