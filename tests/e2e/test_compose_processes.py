"""The commands and variables of docker-compose.yml, run as plain processes.

Only what containers would give is replaced: names of hosts by ports of this machine, the volume by
a folder. So the file cannot drift from what works.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.local.kafka import KafkaServer
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from deploy.postgres.bootstrap import bootstrap
from deploy.postgres.cluster import ROLES, password_variable
from deploy.topology import EVERYWHERE, SECRETS, Process, new_secret
from tests.support.compose import compose_services
from tests.support.platform import platform_home, wait_for
from tests.support.postgres import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.kafka]


class Containers:
    """Starts what compose would start, in the order that it would."""

    def __init__(
        self,
        services: dict[str, dict[str, Any]],
        hosts: Mapping[str, str],
        ports: Mapping[Process, int],
    ) -> None:
        self._services = services
        self._hosts = hosts
        self._ports = {it.name: {f"{it.prefix}_PORT": str(port)} for it, port in ports.items()}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self, name: str, folder: Path) -> subprocess.Popen[bytes]:
        container = self._services[name]
        told = {key: self._here(value) for key, value in container["environment"].items()}
        told |= self._ports.get(name, {})
        with (folder / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(
                self._command(container["command"]),
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], **told},
                stdout=log,
                stderr=log,
            )
        return self._running[name]

    def healthy(self, name: str) -> bool:
        assert self._running[name].poll() is None, f"{name} ended"
        probe = self._command(self._services[name]["healthcheck"]["test"][1:])
        return subprocess.run(probe, cwd=ROOT, check=False).returncode == 0

    def finish(self, name: str) -> int:
        """The exit code of one that ends by itself."""
        return self._running.pop(name).wait(120)

    def stop(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait(30)

    def _command(self, command: list[str]) -> list[str]:
        assert command[0] == "python"
        return [sys.executable, *(self._here(word) for word in command[1:])]

    def _here(self, value: str) -> str:
        for there, here in self._hosts.items():
            value = value.replace(there, here)
        return value


@pytest.fixture
def folder() -> Iterator[Path]:
    for home in platform_home():
        home.mkdir()
        yield home


@pytest.fixture
def containers(folder: Path, kafka: KafkaServer) -> Iterator[Containers]:
    values = {name: new_secret() for name in SECRETS}
    postgres = PostgresServer(folder / "pg", password=values["POSTGRES_PASSWORD"], durable=False)
    ports = dict(zip(EVERYWHERE, free_ports(len(EVERYWHERE)), strict=True))
    hosts = {
        "kafka:9092": kafka.bootstrap,
        "/data/": f"{folder}/",
        "0.0.0.0": "127.0.0.1",  # noqa: S104 -- this is what is replaced.
    }
    for process, port in ports.items():
        hosts[f"{process.name}:{process.port}"] = f"127.0.0.1:{port}"
        hosts[f"127.0.0.1:{process.port}"] = f"127.0.0.1:{port}"
    with ExitStack() as stack:
        stack.callback(postgres.stop)
        postgres.start()
        bootstrap(postgres.cluster, {role: values[password_variable(role)] for role in ROLES})
        hosts["postgres:5432"] = f"127.0.0.1:{postgres.port}"
        started = Containers(compose_services(values), hosts, ports)
        stack.callback(started.stop)
        yield started


def test_everything_becomes_healthy(containers: Containers, folder: Path) -> None:
    migrations = [it for it in EVERYWHERE if it.migrates]
    for process in migrations:
        containers.run(f"{process.name}_migrate", folder)
    for process in migrations:
        name = f"{process.name}_migrate"
        assert containers.finish(name) == 0, (folder / f"{name}.log").read_text()
    for process in EVERYWHERE:
        containers.run(process.name, folder)
    for process in EVERYWHERE:
        log = folder / f"{process.name}.log"
        wait_for(partial(containers.healthy, process.name), log.read_text, 90)
