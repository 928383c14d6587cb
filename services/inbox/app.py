"""Composition root: settings and bus in, the running service out."""

from datetime import timedelta
from functools import partial

from services.inbox.adapters.hooks import DerivedSecrets
from services.inbox.api import router
from services.inbox.api.hooks import HookDesk, hooks_router
from services.inbox.commands.receive import receive
from services.inbox.consumers import SUBSCRIPTIONS
from services.inbox.domain.outbox import Outbox
from services.inbox.domain.pacing import Pace
from services.inbox.jobs.conversations import conversation_work
from services.inbox.jobs.deliveries import delivery_work
from services.inbox.jobs.gauges import keep_ledger_fresh
from services.inbox.jobs.outbound import outbound_work
from services.inbox.jobs.reading import Reading, reading_work
from services.inbox.jobs.reconciling import reconciling_work
from services.inbox.jobs.streaming import Streaming
from services.inbox.settings import InboxSettings
from shared.clock import Clock
from shared.db.group_commit import GroupCommit
from shared.db.retention import Kept
from shared.profiles.access import Networks
from shared.profiles.caller import Caller
from shared.profiles.outside import Outside, reach
from shared.service import Parts, Service, assemble


def build(settings: InboxSettings, clock: Clock) -> Service:
    return compose(settings, clock, reach("inbox", settings, clock))


def compose(settings: InboxSettings, clock: Clock, outside: Outside) -> Service:
    """The service over any networks and any directory."""
    kernel = assemble("inbox", settings, clock)
    database, networks = kernel.database, outside.networks
    caller = Caller(networks, outside.directory, clock)
    outbox = _outbox(settings, networks)
    secrets = DerivedSecrets(settings.platform.internal_keys)
    intake = GroupCommit(database, receive)
    reading = Reading(
        database=database,
        caller=caller,
        secrets=secrets,
        hooks_url=settings.hooks_url,
        pace=_pace(settings),
    )
    parts = Parts(
        routers=[
            # First, because these are asked for most and a route costs all that stand before it.
            hooks_router(HookDesk(database, networks, secrets, intake)),
            router,
        ],
        subscriptions=SUBSCRIPTIONS,
        work=[
            *conversation_work(database),
            *delivery_work(database, networks),
            *reading_work(reading),
            *reconciling_work(reading),
            outbound_work(database, outbox, caller),
        ],
        kept=[Kept("deliveries", timedelta(days=settings.delivery_days))],
        loops={
            "streams": Streaming(reading, intake, kernel.lease).run,
            "ledger": partial(keep_ledger_fresh, database),
        },
        closers=(intake.close, *outside.closers),
    )
    service = Service(kernel, parts)
    service.app.state.outbox = outbox
    return service


def _outbox(settings: InboxSettings, networks: Networks) -> Outbox:
    return Outbox(
        networks=networks,
        undo=timedelta(seconds=settings.undo_seconds),
        patience=timedelta(seconds=settings.patience_seconds),
        quiet=timedelta(seconds=settings.quiet_seconds),
    )


def _pace(settings: InboxSettings) -> Pace:
    return Pace(
        alone=timedelta(seconds=settings.poll_seconds),
        beside_push=timedelta(seconds=settings.poll_beside_push_seconds),
        reconcile=timedelta(seconds=settings.reconcile_seconds),
    )
