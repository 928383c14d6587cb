"""Composition root: settings and bus in, the running service out."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from services.inbox.adapters.directory import TeamDirectory
from services.inbox.api import router
from services.inbox.consumers import SUBSCRIPTIONS
from services.inbox.domain.outbox import Outbox
from services.inbox.domain.outside import Directory, Networks
from services.inbox.jobs.calls import Caller
from services.inbox.jobs.conversations import conversation_work
from services.inbox.jobs.outbound import outbound_work
from services.inbox.settings import InboxSettings
from shared.clock import Clock
from shared.http.client import InternalClient
from shared.networks.registry import build_http, build_registry
from shared.service import Parts, Service, assemble


@dataclass(frozen=True, slots=True)
class Outside:
    """The networks and team_directory, and what has to be closed with them."""

    networks: Networks
    directory: Directory
    closers: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = ()


def build(settings: InboxSettings, clock: Clock) -> Service:
    http = build_http(settings.networks, clock)
    client = InternalClient(
        settings.team_directory_url,
        service="inbox",
        key=settings.platform.internal_keys[0],
        clock=clock,
    )
    outside = Outside(
        networks=build_registry(settings.networks, http),
        directory=TeamDirectory(client, clock),
        closers=(http.close, client.close),
    )
    return compose(settings, clock, outside)


def compose(settings: InboxSettings, clock: Clock, outside: Outside) -> Service:
    """The service over any networks and any directory."""
    kernel = assemble("inbox", settings, clock)
    database = kernel.database
    caller = Caller(outside.networks, outside.directory, clock)
    outbox = Outbox(networks=outside.networks, undo=timedelta(seconds=settings.undo_seconds))
    service = Service(
        kernel,
        Parts(
            routers=[router],
            subscriptions=SUBSCRIPTIONS,
            work=[
                *conversation_work(database),
                outbound_work(database, outbox, caller),
            ],
            closers=outside.closers,
        ),
    )
    service.app.state.outbox = outbox
    return service
