"""docker-compose.yml as docker compose understands it, and the site that it describes."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from deploy.postgres.cluster import password_variable
from deploy.topology import GATEWAY, Process
from shared.settings import BusKind
from tests.support.postgres import ROOT

_PLACEHOLDER = re.compile(r"\$\{(?P<name>\w+)(?::-(?P<default>[^}]*)|:\?(?P<message>[^}]*))?\}")


def compose_document(values: Mapping[str, str]) -> dict[str, Any]:
    """The file with its placeholders filled in; a name without a value fails, as in compose."""

    def fill(found: re.Match[str]) -> str:
        value = values.get(found["name"]) or found["default"]
        assert value is not None, f"{found['name']} is not set: {found['message']}"
        return value

    text = _PLACEHOLDER.sub(fill, (ROOT / "docker-compose.yml").read_text())
    document: dict[str, Any] = yaml.safe_load(text)
    return document


def compose_services(values: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = compose_document(values)["services"]
    return services


def env_example() -> dict[str, str]:
    """The names of .env.example and the values that are not secrets."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _, value in pairs}


class ComposeSite:
    """The network that compose makes: a container is reached by its service's name."""

    bus = BusKind.KAFKA

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def secret(self, name: str) -> str:
        return self._values[name]

    def listen(self, process: Process) -> tuple[str, int]:
        return "0.0.0.0", process.port  # noqa: S104 -- inside of its container only.

    def address(self, process: Process) -> str:
        return f"http://{process.name}:{process.port}"

    def database_url(self, role: str) -> str:
        password = self._values[password_variable(role)]
        return f"postgresql://{role}:{password}@postgres:5432/parley"

    def kafka(self) -> str:
        return "kafka:9092"

    def keep(self, name: str) -> str:
        return f"/data/{name}"

    def mailbox_port(self) -> int:
        raise NotImplementedError("The mailbox is for one machine only.")

    def smtp_url(self) -> str:
        return ""

    def mail_from(self) -> str:
        return ""

    def public_url(self) -> str:
        return f"http://localhost:{GATEWAY.port}"

    def trusted_proxies(self) -> str:
        return ""
