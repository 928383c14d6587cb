"""Runs one Kafka node as our child process; started again after a kill it finds its log."""

import base64
import shutil
import signal
import subprocess
import time
import uuid
from contextlib import suppress
from pathlib import Path

import psutil

from deploy.local.errors import StartError
from deploy.local.kafka.jars import fetch_jars
from deploy.local.ports import HOST, free_ports
from deploy.local.processes import die_with_parent, find_process

_HEAP = ("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_START_SECONDS = 90.0
_STOP_SECONDS = 30.0
_STARTED = "Kafka Server started"


class KafkaServer:
    """A broker and controller in one; `bootstrap` is where it listens to clients.

    Clients go where it says that it is; `advertised` is for those who reach it over another port.
    """

    def __init__(
        self, home: Path, cache: Path, *, port: int = 0, advertised: int | None = None
    ) -> None:
        self.home = home.resolve()
        self.data = self.home / "data"
        self.log = self.home / "kafka.log"
        self.port = port
        self._advertised = advertised
        self._cache = cache
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child and self._child.poll() is None else None

    def start(self) -> None:
        """Fetch the jars and format the folder if need be; returns when it serves."""
        self.stop()
        jars = fetch_jars(self._cache)
        self.home.mkdir(parents=True, exist_ok=True)
        self._take_over()
        controller = self._choose_ports()
        java = [shutil.which("java") or "java", *_HEAP, "-cp", f"{jars}/*"]
        if not self.data.exists():
            self._format(java, controller)
        settings = self._write_settings("server.properties", self.data, controller)
        with self.log.open("ab") as log:
            begin = log.tell()
            self._child = subprocess.Popen(
                [*java, "kafka.Kafka", str(settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 -- one system call.
            )
        with suppress(OSError):  # A disk that is full must not end what runs.
            (self.home / "kafka.pid").write_text(str(self._child.pid))
        self._wait_until_started(self._child, begin)

    def stop(self) -> None:
        """A clean shutdown, so that the next start has nothing to recover."""
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None
        (self.home / "kafka.pid").unlink(missing_ok=True)

    def lose_everything(self) -> None:
        """Kill it and destroy its disk, as a test of what the platform does about that."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None
        shutil.rmtree(self.data, ignore_errors=True)

    def _take_over(self) -> None:
        note = self.home / "kafka.pid"
        text = note.read_text().strip() if note.exists() else ""
        left = find_process(int(text), runs=str(self.home)) if text.isdigit() else None
        if left is None:
            return
        left.terminate()
        try:
            left.wait(_STOP_SECONDS)
        except psutil.TimeoutExpired:
            left.kill()
            left.wait(_STOP_SECONDS)

    def _choose_ports(self) -> int:
        """Keep the clients' port once it is known; the controller's is nobody else's business."""
        clients, controller = free_ports(2)
        self.port = self.port or clients
        return controller

    def _format(self, java: list[str], controller: int) -> None:
        # In a folder of another name, so `data` is there whole or not at all.
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        settings = self._write_settings("format.properties", fresh, controller)
        name = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        command = [*java, "kafka.tools.StorageTool", "format", "--standalone"]
        command += ["--cluster-id", name, "--config", str(settings)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise StartError(self._explain(done.stdout + done.stderr))
        fresh.rename(self.data)

    def _write_settings(self, name: str, data: Path, controller: int) -> Path:
        lines = {
            "process.roles": "broker,controller",
            "node.id": "1",
            "listeners": f"CLIENT://{self.bootstrap},CONTROLLER://{HOST}:{controller}",
            "advertised.listeners": f"CLIENT://{HOST}:{self._advertised or self.port}",
            "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "CLIENT",
            "controller.quorum.bootstrap.servers": f"{HOST}:{controller}",
            "log.dirs": str(data),
            # Topics are made on purpose, with the number of partitions that the platform wants.
            "auto.create.topics.enable": "false",
            "offsets.topic.num.partitions": "1",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            # After a kill the node waits until its earlier self counts as gone.
            "broker.session.timeout.ms": "2000",
            "broker.heartbeat.interval.ms": "500",
            # A quarter of the heap otherwise.
            "log.cleaner.dedupe.buffer.size": str(16 * 1024 * 1024),
        }
        path = self.home / name
        path.write_text("".join(f"{key}={value}\n" for key, value in lines.items()))
        return path

    def _wait_until_started(self, child: subprocess.Popen[bytes], begin: int) -> None:
        deadline = time.monotonic() + _START_SECONDS
        said = ""
        while child.poll() is None and time.monotonic() < deadline:
            said = self._said_since(begin)
            if _STARTED in said:
                return
            time.sleep(0.05)
        self.stop()
        raise StartError(self._explain(self._said_since(begin)))

    def _said_since(self, begin: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")

    def _explain(self, output: str) -> str:
        if "No space left on device" in output:
            return f"The disk that holds {self.home} is full: free some space and start again."
        if "Address already in use" in output:
            return f"Port {self.port} on {HOST} is taken by another program."
        words = [line for line in output.splitlines() if "ERROR" in line or "Exception" in line]
        return f"Kafka did not start ({self.log}): {(words or ['it said nothing.'])[0]}"
