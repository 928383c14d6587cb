"""`python -m tests.faults.start`: what `deploy.local` starts, on wires that a test can cut.

The environment names the wires, `FAULTS_WIRE_<ROLE or PROCESS>=port`. Beside the services that send
to networks runs a second process of each, which must neither double nor lose what the first does.
"""

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from typing_extensions import override

from deploy.local.__main__ import main
from deploy.local.kafka import KafkaServer
from deploy.local.ports import HOST
from deploy.local.site import LocalSite
from deploy.local.start import KAFKA_CACHE, LocalStart
from deploy.local.supervisor import Child
from deploy.topology import SANDBOX, SERVICE_PROCESSES, Process

TWINS = tuple(process for process in SERVICE_PROCESSES if process.name in {"inbox", "scheduler"})


def twin_of(process: Process) -> str:
    return f"{process.name}.twin"


def twin_port_variable(process: Process) -> str:
    return f"FAULTS_TWIN_{process.prefix}_PORT"


@dataclass(frozen=True, slots=True)
class WiredSite(LocalSite):
    @override
    def database_url(self, role: str) -> str:
        url = LocalSite.database_url(self, role)
        wire = self.environ.get(f"FAULTS_WIRE_{role.upper()}")
        return url.replace(f":{urlsplit(url).port}/", f":{wire}/") if wire else url

    @override
    def address(self, process: Process) -> str:
        wire = self.environ.get("FAULTS_WIRE_SANDBOX") if process is SANDBOX else None
        return f"http://{HOST}:{wire}" if wire else LocalSite.address(self, process)

    @override
    def kafka(self) -> str:
        return f"{HOST}:{self.environ['FAULTS_WIRE_KAFKA']}" if self.broker else ""

    @override
    def keep(self, name: str) -> str:
        """What the network keeps lies elsewhere: it is not part of what is attacked."""
        if name == "sandbox.json":
            return f"{self.environ['FAULTS_OUTSIDE']}/{name}"
        return LocalSite.keep(self, name)


class WiredStart(LocalStart):
    site_class = WiredSite

    @override
    def _kafka_server(self) -> KafkaServer:
        wire = int(self._environ["FAULTS_WIRE_KAFKA"])
        return KafkaServer(self._home.data / "kafka", KAFKA_CACHE, advertised=wire)

    @override
    def _start_processes(self, site: LocalSite, ending: ExitStack) -> None:
        super()._start_processes(site, ending)
        twins = [self._twin(process, site) for process in TWINS]
        names = [twin.name for twin in twins]
        ending.callback(self._supervisor.stop, names)
        self._supervisor.start(twins)
        self._supervisor.wait_until_ready(names)

    def _twin(self, process: Process, site: LocalSite) -> Child:
        """Another process of a service, with an unbroken line to the database."""
        port = self._environ[twin_port_variable(process)]
        child = self._child(process, site)
        own = {
            f"{process.prefix}_PORT": port,
            f"{process.prefix}_DATABASE_URL": LocalSite.database_url(site, process.name),
        }
        return replace(
            child,
            name=twin_of(process),
            environment={**child.environment, **own},
            ready=f"http://{HOST}:{port}{process.ready}",
        )


if __name__ == "__main__":
    sys.exit(main(WiredStart))
