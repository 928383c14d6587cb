"""Composition root: settings and bus in, the running service out."""

from services.analytics.api import router
from services.analytics.consumers import SUBSCRIPTIONS
from services.analytics.settings import AnalyticsSettings
from shared.clock import Clock
from shared.service import Parts, Service, assemble


def build(settings: AnalyticsSettings, clock: Clock) -> Service:
    kernel = assemble("analytics", settings, clock)
    return Service(kernel, Parts(routers=[router], subscriptions=SUBSCRIPTIONS))
