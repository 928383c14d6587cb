"""Composition root: settings and bus in, the running service out."""

from datetime import timedelta

from services.scheduler.adapters.library import StoredLibrary
from services.scheduler.api import media, posts, profiles
from services.scheduler.consumers import SUBSCRIPTIONS
from services.scheduler.domain.rules import Rules
from services.scheduler.jobs.caring import caring_work
from services.scheduler.jobs.publishing import Tools, publishing_work
from services.scheduler.settings import SchedulerSettings
from shared.clock import Clock
from shared.profiles.caller import Caller
from shared.profiles.outside import Outside, reach
from shared.service import Parts, Service, assemble
from shared.storage import FileStore


def build(settings: SchedulerSettings, clock: Clock) -> Service:
    return compose(settings, clock, reach("scheduler", settings, clock))


def compose(settings: SchedulerSettings, clock: Clock, outside: Outside) -> Service:
    """The service over any networks and any directory."""
    kernel = assemble("scheduler", settings, clock)
    library = StoredLibrary(lambda: FileStore(settings.storage_url))
    rules = Rules(
        networks=outside.networks,
        patience=timedelta(seconds=settings.patience_seconds),
        quiet=timedelta(seconds=settings.quiet_seconds),
    )
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
