"""Composition root: settings and bus in, the running service out."""

from services.ticketing.api import router
from services.ticketing.consumers import SUBSCRIPTIONS
from services.ticketing.jobs import ticket_work
from services.ticketing.settings import TicketingSettings
from shared.clock import Clock
from shared.service import Parts, Service, assemble


def build(settings: TicketingSettings, clock: Clock) -> Service:
    kernel = assemble("ticketing", settings, clock)
    parts = Parts(routers=[router], subscriptions=SUBSCRIPTIONS, work=ticket_work(kernel.database))
    return Service(kernel, parts)
