"""Composition root: settings and bus in, the running service out."""

from services.inbox.api import router
from services.inbox.consumers import SUBSCRIPTIONS
from services.inbox.settings import InboxSettings
from shared.clock import Clock
from shared.service import Parts, Service, assemble


def build(settings: InboxSettings, clock: Clock) -> Service:
    kernel = assemble("inbox", settings, clock)
    return Service(kernel, Parts(routers=[router], subscriptions=SUBSCRIPTIONS))
