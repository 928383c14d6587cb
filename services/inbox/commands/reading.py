"""Keeping the reading of profiles going: begun and ended with the connection, page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pydantic_core import to_jsonable_python

from services.inbox.commands.health import tell_health
from services.inbox.commands.receive import Arrival, Source, receive
from services.inbox.domain.pacing import Pace, after_failure, is_failure, next_turn
from services.inbox.models import Reader
from services.inbox.repository import budgets, ledgers, readers, threads
from services.inbox.repository.copies import Copies
from services.inbox.repository.readers import PUSH
from shared.db.transaction import Tx
from shared.errors import ParleyError
from shared.networks.connector import Push
from shared.networks.types import Account, Page, RawDelivery

START = "inbox.start_reading"
READ = "inbox.read_profile"
RECONCILE = "inbox.reconcile_profile"
SUBSCRIBE = "inbox.subscribe_profile"
FOLLOW = "inbox.follow_profile"

_BUCKET = "read"
# A stream that was alive this long ago still counts as alive.
ALIVE = timedelta(seconds=60)


def read_key(profile_id: UUID, stream: str) -> str:
    return f"{profile_id}/{stream}"


def of_read_key(key: str) -> tuple[UUID, str]:
    profile_id, _, stream = key.partition("/")
    return UUID(profile_id), stream


async def follow_connection(tx: Tx, profile_id: UUID, *, connected: bool) -> None:
    """Begin to read a profile, or stop; what was read stays."""
    if connected:
        await tx.schedule(START, str(profile_id))
    else:
        for kind in (START, RECONCILE, SUBSCRIBE, FOLLOW):
            await tx.unschedule(kind, str(profile_id))
        for stream in await readers.streams(tx, profile_id):
            await tx.unschedule(READ, read_key(profile_id, stream))
    await tell_health(tx, profile_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What reading a profile begins with."""

    account: Account
    scopes: Collection[str]
    streams: Sequence[str]
    push: Push


async def begin_reading(tx: Tx, profile_id: UUID, beginning: Beginning) -> None:
    """Remember what the account can do and put everything to work that reads it.

    Streams that were read before go on where they stopped, so what came meanwhile is not lost.
    """
    profile = await Copies(tx).profile(profile_id)
    if profile is None:
        return
    profile.account = to_jsonable_python(beginning.account)
    profile.scopes = sorted(beginning.scopes)
    await readers.ensure(tx, profile_id, [*beginning.streams, PUSH])
    await readers.forgive(tx, profile_id)
    for stream in beginning.streams:
        await tx.request(READ, read_key(profile_id, stream))
    await tx.request(RECONCILE, str(profile_id))
    if beginning.push is Push.STREAM:
        await tx.request(FOLLOW, str(profile_id))
    elif beginning.push is Push.WEBHOOK:
        await tx.request(SUBSCRIBE, str(profile_id))
    await tell_health(tx, profile_id)


async def take_page(
    tx: Tx, profile_id: UUID, stream: str, page: Page, push: Push, pace: Pace
) -> datetime:
    """Store a page together with the place after it; when to read on."""
    reader = await readers.reader(tx, profile_id, stream)
    past = not reader.back_filled
    arrival = Arrival(
        profile_id=profile_id,
        source=Source.BACK_FILL if past else Source.POLL,
        deliveries=page.deliveries,
        fills_gap=push is not Push.NONE and not past,
    )
    await receive(tx, [arrival])
    more = page.more and page.cursor != reader.cursor
    reader.cursor = page.cursor
    reader.back_filled = reader.back_filled or not more
    await _went_well(tx, profile_id, reader)
    await budgets.note(tx, profile_id, _BUCKET, page.rate)
    if more:
        return tx.now
    told = push is not Push.NONE and await _push_works(tx, profile_id, push)
    return next_turn(tx.now, pace.beside_push if told else pace.alone, page.rate)


async def take_thread(
    tx: Tx, profile_id: UUID, thread_id: str, found: Sequence[RawDelivery]
) -> None:
    """Store what a thread holds; what was not known fills a gap."""
    arrival = Arrival(profile_id=profile_id, source=Source.THREAD, deliveries=found, fills_gap=True)
    # Before the ledger is locked, as handling does, so that neither waits for the other in turn.
    await threads.mark_read(tx, profile_id, thread_id)
    await receive(tx, [arrival])
    (await ledgers.ledger_for_update(tx, profile_id)).last_reconciled_at = tx.now


async def poll_again(tx: Tx, profile_id: UUID, streams: Sequence[str]) -> None:
    """From now on the network tells us by itself: poll what was written before that."""
    for stream in streams:
        await tx.request(READ, read_key(profile_id, stream))


async def stream_works(tx: Tx, profile_id: UUID, stream: str) -> None:
    """A stream is alive (that of `push`: the network tells us by itself)."""
    await _went_well(tx, profile_id, await readers.reader(tx, profile_id, stream))


async def reading_failed(tx: Tx, profile_id: UUID, stream: str, error: ParleyError) -> datetime:
    """Note why a stream cannot be read; when to try again."""
    reader = await readers.reader(tx, profile_id, stream)
    due_at = after_failure(error, reader.failures, tx.now)
    reader.error_code, reader.error_detail = error.code, error.detail[:1000]
    reader.failures += is_failure(error)
    await tx.session.flush()
    await tell_health(tx, profile_id)
    return due_at


async def _went_well(tx: Tx, profile_id: UUID, reader: Reader) -> None:
    troubled = reader.error_code is not None
    reader.read_at, reader.failures = tx.now, 0
    reader.error_code = reader.error_detail = None
    await tx.session.flush()
    if troubled:
        await tell_health(tx, profile_id)


async def _push_works(tx: Tx, profile_id: UUID, push: Push) -> bool:
    reader = await readers.reader(tx, profile_id, PUSH)
    if reader.read_at is None or reader.error_code is not None:
        return False
    return push is Push.WEBHOOK or reader.read_at > tx.now - ALIVE
