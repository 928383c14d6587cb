"""Composition root: settings and bus in, the running service out."""

from datetime import timedelta

from services.analytics.api import router
from services.analytics.consumers import SUBSCRIPTIONS
from services.analytics.jobs.measuring import measuring_work
from services.analytics.jobs.recounting import recounting
from services.analytics.settings import AnalyticsSettings
from shared.clock import Clock
from shared.db.retention import Kept
from shared.profiles.caller import Caller
from shared.profiles.outside import Outside, reach
from shared.service import Parts, Service, assemble

_PROFILE_ANSWERS = timedelta(days=90)


def build(settings: AnalyticsSettings, clock: Clock) -> Service:
    return compose(settings, clock, reach("analytics", settings, clock))


def compose(settings: AnalyticsSettings, clock: Clock, outside: Outside) -> Service:
    """The service over any networks and any directory."""
    kernel = assemble("analytics", settings, clock)
    caller = Caller(outside.networks, outside.directory, clock)
    parts = Parts(
        routers=[router],
        subscriptions=SUBSCRIPTIONS,
        work=[measuring_work(kernel.database, caller), recounting(kernel.database)],
        kept=[Kept("profile_snapshots", _PROFILE_ANSWERS)],
        closers=outside.closers,
    )
    return Service(kernel, parts)
