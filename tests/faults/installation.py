"""The installation under attack: where its processes, files and wires are, and how they are hit."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil

from deploy.local.ports import free_ports
from deploy.topology import SANDBOX, SERVICE_PROCESSES
from shared.settings import BusKind
from tests.faults.start import TWINS, twin_port_variable
from tests.faults.wire import Wire
from tests.support.platform import LocalPlatform
from tests.support.small_disk import small_disk

DISK_MEGABYTES = 800
LEASE_SECONDS = 3.0
# Everything that takes its time in production takes little of it here; nothing else differs.
PACE = {
    "SANDBOX_DEMO": "false",
    "SANDBOX_PER_MINUTE": "0",
    "INBOX_UNDO_SECONDS": "0",
    "INBOX_PATIENCE_SECONDS": "6",
    "INBOX_QUIET_SECONDS": "3",
    "SCHEDULER_PATIENCE_SECONDS": "6",
    "SCHEDULER_QUIET_SECONDS": "3",
    "PARLEY_LEASE_SECONDS": str(LEASE_SECONDS),
    "INBOX_POLL_BESIDE_PUSH_SECONDS": "5",
    "INBOX_RECONCILE_SECONDS": "5",
    "GATEWAY_LOGIN_RATE": "1000/minute",
    "GATEWAY_READ_RATE": "100000/minute",
    "GATEWAY_WRITE_RATE": "100000/minute",
}


class Installation:
    """A running platform on a disk of its own; wires lead to the network, Kafka and databases."""

    def __init__(self, home: Path, bus: BusKind) -> None:
        self.home = home
        self.bus = bus
        self.wires = {each.name: Wire(self.postgres_port) for each in SERVICE_PROCESSES}
        self.network_wire = Wire(lambda: self.platform.ports[SANDBOX])
        self.kafka_wire = Wire(self.kafka_port)
        told = {f"FAULTS_WIRE_{name.upper()}": str(wire.port) for name, wire in self.wires.items()}
        told["FAULTS_WIRE_SANDBOX"] = str(self.network_wire.port)
        told["FAULTS_WIRE_KAFKA"] = str(self.kafka_wire.port)
        told["FAULTS_OUTSIDE"] = str(home.parent)
        for twin, port in zip(TWINS, free_ports(len(TWINS)), strict=True):
            told[twin_port_variable(twin)] = str(port)
        self.platform = LocalPlatform(home, {**PACE, **told}, "tests.faults.start")

    @property
    def _postmaster(self) -> list[str]:
        return (self.home / "data/postgres/data/postmaster.pid").read_text().splitlines()

    def postgres_port(self) -> int:
        return int(self._postmaster[3])

    def kafka_port(self) -> int:
        settings = (self.home / "data/kafka/server.properties").read_text().splitlines()
        (listens,) = [line for line in settings if line.startswith("listeners=")]
        return int(listens.split(",")[0].rpartition(":")[2])

    @property
    def _all_wires(self) -> tuple[Wire, ...]:
        return (self.network_wire, self.kafka_wire, *self.wires.values())

    def database_url(self) -> str:
        """The whole database, past all wires."""
        lines = (self.home / "secrets.env").read_text().splitlines()
        secrets = dict(line.split("=", 1) for line in lines)
        port = self.postgres_port()
        return f"postgresql://postgres:{secrets['POSTGRES_PASSWORD']}@127.0.0.1:{port}/parley"

    def pid(self, name: str) -> int:
        """Of a process, of `postgres` or of `kafka`."""
        if name == "postgres":
            return int(self._postmaster[0])
        if name == "kafka":
            children = self.platform.supervisor.children()
            return next(one.pid for one in children if "kafka.Kafka" in one.cmdline())
        return self.platform.pid(name)

    async def start(self) -> None:
        for wire in self._all_wires:
            await wire.start()
        await asyncio.to_thread(self.platform.start, "--bus", self.bus.value)

    async def stop(self) -> None:
        for wire in self._all_wires:
            wire.mend()
        await asyncio.to_thread(self.platform.stop)
        for wire in self._all_wires:
            await wire.stop()

    def kill(self, name: str) -> None:
        """As the kernel does when memory runs out: at once, without a word."""
        os.kill(self.pid(name), signal.SIGKILL)

    async def halt(self, name: str, seconds: float) -> None:
        """Stop it in the middle of whatever it does, and let it go on later."""
        process = psutil.Process(self.pid(name))
        process.suspend()
        try:
            await asyncio.sleep(seconds)
        finally:
            process.resume()

    async def cut(self, wire: Wire, seconds: float) -> None:
        wire.cut()
        try:
            await asyncio.sleep(seconds)
        finally:
            wire.mend()

    async def fill_disk(self, seconds: float) -> None:
        """Leave not one byte to anybody, and give all of it back."""
        filler = self.home / "filler"
        try:
            await asyncio.to_thread(_fill, filler)
            await asyncio.sleep(seconds)
        finally:
            filler.unlink()

    async def lose_kafka(self) -> None:
        """The broker dies and its disk is gone before anybody can start it again."""
        supervisor = self.platform.supervisor
        supervisor.suspend()
        try:
            self.kill("kafka")
            await asyncio.to_thread(_destroy, self.home / "data/kafka/data")
        finally:
            supervisor.resume()


def _fill(path: Path) -> None:
    """Whole blocks first, then the rest byte by byte."""
    with path.open("wb", buffering=0) as filler:
        for size in (1024 * 1024, 4096, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue


def _destroy(folder: Path) -> None:
    shutil.rmtree(folder)


def _keep_logs(installation: Installation, folder: Path) -> None:
    shutil.copytree(installation.home / "logs", folder)
    shutil.copy(installation.platform.output, folder / "supervisor.log")
    for log in (installation.home / "data").glob("*/*.log"):
        shutil.copy(log, folder)


@asynccontextmanager
async def attacked(bus: BusKind, keep: Path | None) -> AsyncIterator[Installation]:
    """A running installation; its logs are kept in a folder where one is given."""
    with small_disk(DISK_MEGABYTES) as home:
        installation = Installation(home, bus)
        try:
            await installation.start()
            yield installation
        finally:
            await installation.stop()
            if keep is not None:
                await asyncio.to_thread(_keep_logs, installation, keep / bus.value)
