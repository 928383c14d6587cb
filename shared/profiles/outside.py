"""What a service that calls social networks is given, and where it finds that."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from shared.clock import Clock
from shared.http.client import InternalClient
from shared.networks.registry import NetworkSettings, build_http, build_registry
from shared.profiles.access import Directory, Networks
from shared.profiles.directory import TeamDirectory
from shared.settings import ServiceSettings


class OutsideSettings(ServiceSettings):
    """What a service needs that calls social networks in the name of profiles."""

    team_directory_url: str = "http://127.0.0.1:8701"
    networks: NetworkSettings = Field(default_factory=NetworkSettings)


@dataclass(frozen=True, slots=True)
class Outside:
    """The networks and team_directory, and what has to be closed with them."""

    networks: Networks
    directory: Directory
    closers: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = ()


def reach(service: str, settings: OutsideSettings, clock: Clock) -> Outside:
    """The real networks and the real team_directory, called in the name of a service."""
    http = build_http(settings.networks, clock)
    client = InternalClient(
        settings.team_directory_url,
        service=service,
        key=settings.platform.internal_keys[0],
        clock=clock,
    )
    return Outside(
        networks=build_registry(settings.networks, http),
        directory=TeamDirectory(client, clock),
        closers=(http.close, client.close),
    )
