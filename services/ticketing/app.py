"""Composition root: settings and bus in, the running service out."""

from services.ticketing.api import router
from services.ticketing.consumers import SUBSCRIPTIONS
from services.ticketing.settings import TicketingSettings
from shared.clock import Clock
from shared.service import Parts, Service, assemble


def build(settings: TicketingSettings, clock: Clock) -> Service:
    kernel = assemble("ticketing", settings, clock)
    return Service(kernel, Parts(routers=[router], subscriptions=SUBSCRIPTIONS))
