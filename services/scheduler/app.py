"""Composition root: settings and bus in, the running service out."""

from services.scheduler.api import router
from services.scheduler.consumers import SUBSCRIPTIONS
from services.scheduler.settings import SchedulerSettings
from shared.clock import Clock
from shared.service import Parts, Service, assemble


def build(settings: SchedulerSettings, clock: Clock) -> Service:
    kernel = assemble("scheduler", settings, clock)
    return Service(kernel, Parts(routers=[router], subscriptions=SUBSCRIPTIONS))
