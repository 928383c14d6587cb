"""Composition root: settings and bus in, the running service out."""

from datetime import timedelta

from services.inbox.api import router
from services.inbox.consumers import SUBSCRIPTIONS
from services.inbox.domain.outbox import Outbox
from services.inbox.jobs.conversations import conversation_work
from services.inbox.settings import InboxSettings
from shared.clock import Clock
from shared.networks.registry import build_http, build_registry
from shared.service import Parts, Service, assemble


def build(settings: InboxSettings, clock: Clock) -> Service:
    kernel = assemble("inbox", settings, clock)
    http = build_http(settings.networks, clock)
    networks = build_registry(settings.networks, http)
    outbox = Outbox(networks=networks, undo=timedelta(seconds=settings.undo_seconds))
    service = Service(
        kernel,
        Parts(
            routers=[router],
            subscriptions=SUBSCRIPTIONS,
            work=[
                *conversation_work(kernel.database),
            ],
            closers=[
                http.close,
            ],
        ),
    )
    service.app.state.outbox = outbox
    return service
