"""Counting: events are kept, and whatever they touch is measured again.

A measurement follows from all events of its subject, so neither their order nor their repetition
matters; the totals change by the difference between what was written and what is measured now.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from uuid import UUID

from services.analytics.domain import care, plans
from services.analytics.domain.hours import Hours, Setting, settings_of
from services.analytics.domain.kept import Kept
from services.analytics.domain.measurement import NOBODY, Measurement
from services.analytics.domain.totals import changes_of
from services.analytics.repository import books, ledger
from services.analytics.repository.books import Generation
from services.analytics.repository.kept import Holder, Told, append, events_of, hold_subjects
from shared.db.transaction import Tx
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.inbox import (
    ActionChanged,
    ActionState,
    ConversationEvent,
    InteractionChanged,
)
from shared.events.scheduler import PublicationEvent
from shared.events.team_directory import WorkspaceSaved
from shared.events.ticketing import ServiceLevelEvent, TicketEvent

RECOUNT = "analytics.recount"
SETTINGS = (WorkspaceSaved, ServiceLevelEvent)
"""What the zone and the calendars follow from."""

_UNKEPT = {"workspace_id", "excerpt", "subject", "external_id", "permalink"}
_MEASURES: dict[str, Callable[[UUID, Sequence[Kept], Hours], list[Measurement]]] = {
    care.RECEIVED: care.measure_conversation,
    care.CHANGED: care.measure_conversation,
    care.STATE: care.measure_conversation,
    care.ACTION: care.measure_conversation,
    plans.PUBLICATION: plans.measure_publication,
    plans.MET: plans.measure_promises,
    plans.MISSED: plans.measure_promises,
}


async def count(tx: Tx, envelopes: Sequence[Envelope]) -> None:
    """Take in all events that a batch holds of a workspace."""
    generations = await books.share_books(tx)
    await hold_subjects(tx, _holders(envelopes))
    told = list(_kept(envelopes))
    await append(tx, told)
    if not generations:
        await books.open_first_book(tx, await settings(tx))
        generations = await books.share_books(tx)
    if any(isinstance(one.event, SETTINGS) for one in envelopes):
        await _recount_when_settings_moved(tx)
    touched = {one.subject_id for one in told} - {tx.workspace_id}
    for generation in generations:
        await measure(tx, generation, touched)


async def measure(tx: Tx, generation: Generation, subject_ids: Collection[UUID]) -> None:
    """Measure held subjects again, and let measurements and totals say so."""
    if not subject_ids:
        return
    kept = await events_of(tx, subject_ids)
    before = await ledger.load(tx, generation.number, subject_ids)
    now = {subject: set(_measured(subject, some, generation)) for subject, some in kept.items()}
    gone = {subject: some - now.get(subject, set()) for subject, some in before.items()}
    new = {subject: some - before.get(subject, set()) for subject, some in now.items()}
    await ledger.remove(tx, generation.number, gone)
    await ledger.add(tx, generation.number, new)
    changes = changes_of(chain(*gone.values()), chain(*new.values()))
    await ledger.tally(tx, generation.number, changes)


def _measured(
    subject_id: UUID, events: Sequence[Kept], generation: Generation
) -> Iterator[Measurement]:
    for measures in dict.fromkeys(_MEASURES[event.type] for event in events):
        some = [event for event in events if _MEASURES[event.type] is measures]
        yield from measures(subject_id, some, generation.hours)


def _holders(envelopes: Sequence[Envelope]) -> Iterator[Holder]:
    """Who may see the subjects of a batch, by the newest version of each."""
    newest: dict[UUID, Holder] = {}
    for envelope in envelopes:
        holder = _holder(envelope)
        if holder is not None:
            known = newest.get(holder.id, holder)
            newest[holder.id] = max(known, holder, key=lambda one: one.version)
    yield from newest.values()


def _holder(envelope: Envelope) -> Holder | None:
    match envelope.event:
        case ConversationEvent() as event:
            return Holder(
                event.conversation_id,
                event.profile_id,
                event.assignee_id or NOBODY,
                event.team_id or NOBODY,
                event.conversation_version,
            )
        case TicketEvent() as event:
            return Holder(
                event.ticket_id,
                event.profile_id,
                event.assignee_id or NOBODY,
                event.team_id or NOBODY,
                event.ticket_version,
            )
        case PublicationEvent() as event:
            return Holder(
                event.publication_id, event.profile_id, NOBODY, NOBODY, event.post_version
            )
    return None


def _kept(envelopes: Sequence[Envelope]) -> Iterator[Told]:
    for envelope in envelopes:
        subject_id = _subject(envelope)
        if subject_id is None:
            continue
        event = envelope.event
        body = event.model_dump_json(exclude=_UNKEPT, exclude_none=True).encode()
        yield Told(subject_id, envelope.id, envelope.occurred_at, event.type, body)


def _subject(envelope: Envelope) -> UUID | None:
    """What an event tells of; None for one that no number depends on."""
    event = envelope.event
    if isinstance(event, SETTINGS):
        return event.workspace_id
    holder = _holder(envelope)
    return holder.id if holder is not None and _counts(event) else None


def _counts(event: Event) -> bool:
    if isinstance(event, InteractionChanged):
        return event.change == "removed"
    if isinstance(event, ActionChanged):
        return event.state is ActionState.SENT and event.result_id is not None
    return event.type in _MEASURES


async def _recount_when_settings_moved(tx: Tx) -> None:
    if await books.current_settings(tx) != await settings(tx):
        await tx.schedule(RECOUNT, "all")


async def settings(tx: Tx) -> dict[str, object]:
    """The zone and the calendars, as all events that are kept tell them."""
    kept = await events_of(tx, [tx.workspace_id])
    return settings_of(
        Setting(event.at, event.event_id, event.type, event.body)
        for event in kept.get(tx.workspace_id, ())
    )
