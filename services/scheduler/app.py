"""Composition root: settings and bus in, the running service out."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from services.scheduler.adapters.library import StoredLibrary
from services.scheduler.api import media, posts, profiles
from services.scheduler.consumers import SUBSCRIPTIONS
from services.scheduler.domain.rules import Rules
from services.scheduler.jobs.caring import caring_work
from services.scheduler.jobs.publishing import Tools, publishing_work
from services.scheduler.settings import SchedulerSettings
from shared.clock import Clock
from shared.http.client import InternalClient
from shared.networks.registry import build_http, build_registry
from shared.profiles.access import Directory, Networks
from shared.profiles.caller import Caller
from shared.profiles.directory import TeamDirectory
from shared.service import Parts, Service, assemble
from shared.storage import FileStore


@dataclass(frozen=True, slots=True)
class Outside:
    """The networks and team_directory, and what has to be closed with them."""

    networks: Networks
    directory: Directory
    closers: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = ()


def build(settings: SchedulerSettings, clock: Clock) -> Service:
    http = build_http(settings.networks, clock)
    client = InternalClient(
        settings.team_directory_url,
        service="scheduler",
        key=settings.platform.internal_keys[0],
        clock=clock,
    )
    outside = Outside(
        networks=build_registry(settings.networks, http),
        directory=TeamDirectory(client, clock),
        closers=(http.close, client.close),
    )
    return compose(settings, clock, outside)


def compose(settings: SchedulerSettings, clock: Clock, outside: Outside) -> Service:
    """The service over any networks and any directory."""
    kernel = assemble("scheduler", settings, clock)
    library = StoredLibrary(lambda: FileStore(settings.storage_url))
    rules = Rules(networks=outside.networks)
    tools = Tools(
        database=kernel.database,
        rules=rules,
        caller=Caller(outside.networks, outside.directory, clock),
        library=library,
    )
    parts = Parts(
        routers=[profiles.router, posts.router, media.router],
        subscriptions=SUBSCRIPTIONS,
        work=[publishing_work(tools), *caring_work(tools)],
        closers=outside.closers,
    )
    service = Service(kernel, parts)
    service.app.state.rules = rules
    service.app.state.library = library
    return service
