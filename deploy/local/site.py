"""This machine as a `Site`: every process on the loopback address, at fixed ports."""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.errors import StartError
from deploy.local.ports import HOST
from deploy.postgres.cluster import Cluster, password_variable
from deploy.topology import GATEWAY, MAILBOX, MAILBOX_SMTP_PORT, PROCESSES, Process
from shared.settings import BusKind

_SMTP_VARIABLE = "MAILBOX_SMTP_PORT"


@dataclass(frozen=True, slots=True)
class LocalSite:
    """`environ` is the person's own environment: it moves ports and passes wishes on."""

    environ: Mapping[str, str]
    secrets: Mapping[str, str]
    cluster: Cluster
    data: Path
    broker: str = ""

    @property
    def bus(self) -> BusKind:
        return BusKind.KAFKA if self.broker else BusKind.POSTGRES

    def secret(self, name: str) -> str:
        return self.secrets[name]

    def listen(self, process: Process) -> tuple[str, int]:
        return HOST, port_of(process, self.environ)

    def address(self, process: Process) -> str:
        return f"http://{HOST}:{port_of(process, self.environ)}"

    def database_url(self, role: str) -> str:
        return self.cluster.url(role, self.secrets[password_variable(role)])

    def kafka(self) -> str:
        return self.broker

    def public_url(self) -> str:
        return self.environ.get("PARLEY_PUBLIC_URL") or self.address(GATEWAY)

    def mailbox_port(self) -> int:
        return smtp_port(self.environ)

    def smtp_url(self) -> str:
        """The person's own mail server, or the mailbox of this machine."""
        own = self.environ.get("TEAM_DIRECTORY_SMTP_URL")
        return own or f"smtp://{HOST}:{self.mailbox_port()}"

    def mail_from(self) -> str:
        return self.environ.get("TEAM_DIRECTORY_MAIL_FROM") or "Parley <parley@localhost>"

    def trusted_proxies(self) -> str:
        return self.environ.get("PARLEY_TRUSTED_PROXIES", "")

    def keep(self, name: str) -> str:
        return str(self.data / name)


def port_variable(process: Process) -> str:
    return "PARLEY_PORT" if process is GATEWAY else f"{process.prefix}_PORT"


def port_of(process: Process, environ: Mapping[str, str]) -> int:
    """Its own variable, else its usual distance from the gateway's port."""
    return _port(port_variable(process), process.port, environ)


def smtp_port(environ: Mapping[str, str]) -> int:
    """Where the mailbox of this machine takes mail."""
    return _port(_SMTP_VARIABLE, MAILBOX_SMTP_PORT, environ)


def _port(variable: str, usual: int, environ: Mapping[str, str]) -> int:
    try:
        first = int(environ.get("PARLEY_PORT") or GATEWAY.port)
        own = environ.get(variable)
        port = int(own) if own else first + usual - GATEWAY.port
    except ValueError as error:
        raise StartError(f"A port must be a number: {error}.") from None
    if not 0 < port < 2**16:
        raise StartError(f"{variable} is {port}, which is not a port (1 to 65535).")
    return port


def check_ports(environ: Mapping[str, str]) -> None:
    """Stop before anything is started when a port is taken."""
    needed = [(it.name, port_variable(it), port_of(it, environ)) for it in PROCESSES]
    for name, variable, port in (*needed, (MAILBOX.name, _SMTP_VARIABLE, smtp_port(environ))):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise StartError(
                    f"Port {port} on {HOST}, which {name} needs, cannot be used"
                    f" ({error.strerror}): set {variable} to a free one."
                ) from None
