"""The whole system in one file: which processes run, what each is told, who waits for whom.

The local supervisor starts what stands here, the tests start the same, and docker-compose.yml is
checked against it. Configuration reaches a process through environment variables only.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from deploy.postgres.cluster import ROLES, SERVICES, password_variable
from shared.settings import BusKind

READY = "/internal/ready"


@dataclass(frozen=True, slots=True)
class Process:
    """One process: `python -m <module> <command>`, reached at one address by its `needs`."""

    name: str
    module: str
    command: tuple[str, ...]
    port: int
    ready: str = READY
    migrates: bool = False

    @property
    def prefix(self) -> str:
        """What the names of its own variables start with, as in `INBOX_PORT`."""
        return self.name.upper()


def _service(name: str, port: int) -> Process:
    return Process(name, f"services.{name}", ("serve",), port, migrates=True)


GATEWAY = Process("gateway", "gateway", (), 8700, ready="/healthz")
SANDBOX = Process("sandbox", "deploy.sandbox", (), 8706, ready="/_sandbox/health")
# Its page; the mail server in it has a port of its own.
MAILBOX = Process("mailbox", "deploy.mailbox", (), 8707, ready="/health")
MAILBOX_SMTP_PORT = 8708
SERVICE_PROCESSES = tuple(_service(name, 8701 + place) for place, name in enumerate(SERVICES))
TEAM_DIRECTORY = SERVICE_PROCESSES[0]

# In the order of starting; stopping goes the other way.
PROCESSES = (*SERVICE_PROCESSES, SANDBOX, MAILBOX, GATEWAY)
# Whoever reaches the mailbox reads everybody's mail, so it is for one machine only.
EVERYWHERE = tuple(process for process in PROCESSES if process is not MAILBOX)


class Site(Protocol):
    """Where the processes find one another: one machine, a compose network, a test."""

    @property
    def bus(self) -> BusKind: ...

    def secret(self, name: str) -> str:
        """The value of one of `SECRETS`."""

    def listen(self, process: Process) -> tuple[str, int]:
        """The host and port that the process binds."""

    def address(self, process: Process) -> str:
        """The URL under which the others reach it."""

    def database_url(self, role: str) -> str: ...

    def kafka(self) -> str:
        """`host:port` of the broker; asked for only when `bus` is Kafka."""

    def keep(self, name: str) -> str:
        """The path of a file or folder of this name that outlives the process."""

    def public_url(self) -> str:
        """Where browsers find the gateway."""

    def mailbox_port(self) -> int:
        """Where the mailbox takes mail; asked for only where it runs."""

    def smtp_url(self) -> str:
        """The mail server; empty when no mail is sent."""

    def mail_from(self) -> str:
        """What stands in the From of mail."""

    def trusted_proxies(self) -> str:
        """Whose word on the client's address the gateway believes, comma separated."""


def environment(process: Process, site: Site) -> dict[str, str]:
    """Every variable that the process is given to do its work."""
    host, port = site.listen(process)
    own = {"HOST": host, "PORT": str(port)}
    if process.migrates:
        own["DATABASE_URL"] = site.database_url(process.name)
    own |= _OWN.get(process.name, _nothing)(site)
    told = {f"{process.prefix}_{name}": value for name, value in own.items()}
    if process not in (SANDBOX, MAILBOX):  # They are not part of the product.
        told |= _platform(site)
    if process.name in _CONNECTED:
        told |= _networks(site)
    return told


def migration_environment(process: Process, site: Site) -> dict[str, str]:
    """What `migrate` is given; only then may the process change its tables."""
    owner = {f"{process.prefix}_MIGRATION_URL": site.database_url(f"{process.name}_owner")}
    return environment(process, site) | owner


def _platform(site: Site) -> dict[str, str]:
    """What every process of the product is told."""
    told = {
        "PARLEY_BUS": site.bus.value,
        "PARLEY_INTERNAL_SECRETS": site.secret("PARLEY_INTERNAL_SECRETS"),
    }
    if site.bus is BusKind.KAFKA:
        return told | {"PARLEY_KAFKA_BOOTSTRAP": site.kafka()}
    return told | {"PARLEY_BUS_DATABASE_URL": site.database_url("bus")}


def _networks(site: Site) -> dict[str, str]:
    """What those who speak to social networks are told."""
    return {"PARLEY_NETWORKS_SANDBOX_URL": site.address(SANDBOX)}


def _nothing(_site: Site) -> dict[str, str]:
    return {}


def _gateway(site: Site) -> dict[str, str]:
    upstreams = {f"{it.prefix}_URL": site.address(it) for it in SERVICE_PROCESSES}
    return upstreams | {
        "PUBLIC_URL": site.public_url(),
        "TRUSTED_PROXIES": site.trusted_proxies(),
    }


def _team_directory(site: Site) -> dict[str, str]:
    return {
        "CREDENTIAL_KEYS": site.secret("TEAM_DIRECTORY_CREDENTIAL_KEYS"),
        "PUBLIC_URL": site.public_url(),
        "SMTP_URL": site.smtp_url(),
        "MAIL_FROM": site.mail_from(),
    }


def _inbox(site: Site) -> dict[str, str]:
    return {
        "TEAM_DIRECTORY_URL": site.address(TEAM_DIRECTORY),
        "HOOKS_URL": f"{site.address(GATEWAY)}/hooks",
    }


def _scheduler(site: Site) -> dict[str, str]:
    return {
        "TEAM_DIRECTORY_URL": site.address(TEAM_DIRECTORY),
        "STORAGE_URL": f"file://{site.keep('media')}",
    }


def _analytics(site: Site) -> dict[str, str]:
    return {"TEAM_DIRECTORY_URL": site.address(TEAM_DIRECTORY)}


def _sandbox(site: Site) -> dict[str, str]:
    return {"STATE_FILE": site.keep("sandbox.json")}


def _mailbox(site: Site) -> dict[str, str]:
    return {"SMTP_PORT": str(site.mailbox_port())}


_OWN: Mapping[str, Callable[[Site], dict[str, str]]] = {
    "analytics": _analytics,
    "gateway": _gateway,
    "inbox": _inbox,
    "mailbox": _mailbox,
    "sandbox": _sandbox,
    "scheduler": _scheduler,
    "team_directory": _team_directory,
}

_CONNECTED = frozenset({"team_directory", "inbox", "scheduler", "analytics"})

# What an installation makes up once and keeps; `.env` and `.parley/secrets.env` hold the same.
SECRETS = (
    "POSTGRES_PASSWORD",
    *(password_variable(role) for role in ROLES),
    "PARLEY_INTERNAL_SECRETS",
    "TEAM_DIRECTORY_CREDENTIAL_KEYS",
)


def new_secret() -> str:
    """Letters, digits, `-` and `_` only: it goes into URLs and shell files as it is."""
    return secrets.token_urlsafe(32)
