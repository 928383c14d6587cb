"""Changing conversations: assign, tag, handle, reopen, snooze, prioritise; one or many at once.

One change and a hundred go the same way: rights, conflict, decision, row, history, event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.inbox.commands.about import about, values_of
from services.inbox.domain.conversation import (
    Assign,
    Change,
    Facts,
    Handle,
    Prioritise,
    Reopen,
    Retag,
    Snooze,
    decide,
    demand,
    guards,
    moved,
    name_of,
)
from services.inbox.errors import (
    AssigneeError,
    ConversationChangedError,
    ConversationNotFoundError,
    TagNotFoundError,
)
from services.inbox.models import Conversation, Member, Team
from services.inbox.repository.desk import Desk
from services.inbox.repository.history import record
from shared.db.transaction import Tx
from shared.errors import ParleyError
from shared.events.inbox import (
    ConversationAssigned,
    ConversationEvent,
    ConversationPrioritised,
    ConversationStateChanged,
    ConversationTagged,
)
from shared.identity import Identity

WAKE = "inbox.wake_conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change did; `before` holds the fields that moved as they were, for taking it back."""

    conversation_id: UUID
    version: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why one of many was left as it is."""

    conversation_id: UUID
    error: ParleyError


async def change_conversation(
    tx: Tx,
    identity: Identity,
    conversation_id: UUID,
    change: Change,
    expected_version: int | None = None,
) -> Changed:
    (result,) = await change_conversations(
        tx, identity, {conversation_id: expected_version}, change
    )
    if isinstance(result, Refused):
        raise result.error
    return result


async def change_conversations(
    tx: Tx, identity: Identity, expected: Mapping[UUID, int | None], change: Change
) -> list[Changed | Refused]:
    """The same change for many; what is refused for one of them does not touch the others."""
    desk = Desk(tx, identity)
    rows = {row.id: row for row in await desk.conversations(list(expected))}
    check = await _Check.prepare(tx, desk, identity, change)
    await check.look_back(rows, expected)
    results: list[Changed | Refused] = []
    for conversation_id in expected:
        try:
            row = rows.get(conversation_id)
            if row is None:
                raise ConversationNotFoundError
            await check.demand(row)
            results.append(await apply(tx, row, change, identity.actor_id, check.tag_names))
        except ParleyError as error:
            results.append(Refused(conversation_id=conversation_id, error=error))
    return results


async def apply(
    tx: Tx,
    row: Conversation,
    change: Change,
    actor_id: UUID | None,
    tag_names: Mapping[UUID, str] | None = None,
) -> Changed:
    """Carry out an allowed change of a locked row; does nothing where all is so already."""
    values = decide(change, facts_of(row), actor_id, tx.now)
    before = values_of(row, values)
    if values:
        for name, value in values.items():
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
        row.version += 1
        said = {"reason": change.reason} if isinstance(change, Assign) and change.reason else {}
        record(tx, row, name_of(change), actor_id, before, {**values, **said})
        if change != Reopen(reason="woken"):  # Then the worker strikes its item off itself.
            await _timer(tx, row, was=before.get("state"))
        await tx.publish(_event(row, change, actor_id, before, tag_names or {}))
    return Changed(conversation_id=row.id, version=row.version, before=before, after=values)


def facts_of(row: Conversation) -> Facts:
    return Facts(
        state=row.state,
        assignee_id=row.assignee_id,
        team_id=row.team_id,
        priority=row.priority,
        tag_ids=tuple(row.tag_ids),
        snoozed_until=row.snoozed_until,
    )


async def _timer(tx: Tx, row: Conversation, was: str | None) -> None:
    if row.state == "snoozed":
        await tx.schedule(WAKE, str(row.id), due_at=row.snoozed_until)
    elif was == "snoozed":
        await tx.unschedule(WAKE, str(row.id))


class _Check:
    """All that can refuse a change, with what it needs to know read once for all rows."""

    def __init__(self, tx: Tx, desk: Desk, identity: Identity, change: Change) -> None:
        self._tx = tx
        self._desk = desk
        self._identity = identity
        self._change = change
        self._conflicts: dict[UUID, ConversationChangedError] = {}
        self.tag_names: Mapping[UUID, str] = {}

    @classmethod
    async def prepare(cls, tx: Tx, desk: Desk, identity: Identity, change: Change) -> "_Check":
        check = cls(tx, desk, identity, change)
        if isinstance(change, Retag):
            check.tag_names = await desk.tag_names("conversation")
            if not change.add <= set(check.tag_names):
                raise TagNotFoundError
        return check

    async def look_back(
        self, rows: Mapping[UUID, Conversation], expected: Mapping[UUID, int | None]
    ) -> None:
        """Find out what moved since the versions that the writer has seen."""
        guarded = guards(self._change)
        behind = {
            id_: seen
            for id_, seen in expected.items()
            if seen is not None and id_ in rows and seen < rows[id_].version
        }
        if not behind or not guarded:
            return
        lines = await self._desk.lines_since(behind)
        for id_, seen in behind.items():
            known = lines.get(id_, ())
            version = rows[id_].version
            fields = moved(seen, version, [(at, names) for at, names, _ in known])
            if fields & guarded:
                by = next((actor for _, names, actor in known if guarded & set(names)), None)
                self._conflicts[id_] = ConversationChangedError(
                    version=version, changed=sorted(fields), by=by
                )

    async def demand(self, row: Conversation) -> None:
        demand(self._change, facts_of(row), self._identity)
        if row.id in self._conflicts:
            raise self._conflicts[row.id]
        if isinstance(self._change, Assign):
            await self._demand_taker(self._change, row.profile_id)

    async def _demand_taker(self, change: Assign, profile_id: UUID) -> None:
        """Whoever takes it must work here and with this profile; the session reads each once."""
        if change.assignee_id is not None:
            key = (self._tx.workspace_id, change.assignee_id)
            member = await self._tx.session.get(Member, key)
            if member is None or not member.active:
                raise AssigneeError("This person does not work here.")
            if member.profile_ids is not None and profile_id not in member.profile_ids:
                raise AssigneeError(f"{member.name} does not work with this profile.")
        if change.team_id is not None:
            team = await self._tx.session.get(Team, (self._tx.workspace_id, change.team_id))
            if team is None or not team.active:
                raise AssigneeError("There is no such team.")


def _event(
    row: Conversation,
    change: Change,
    by: UUID | None,
    before: Mapping[str, Any],
    tag_names: Mapping[UUID, str],
) -> ConversationEvent:
    match change:
        case Assign():
            previous = before["assignee_id"]
            return ConversationAssigned(**about(row), by=by, previous_assignee_id=previous)
        case Retag():
            names = tuple(tag_names[tag] for tag in row.tag_ids if tag in tag_names)
            return ConversationTagged(**about(row), by=by, tags=names)
        case Prioritise():
            return ConversationPrioritised(**about(row), by=by, priority=row.priority)
        case Handle() | Reopen() | Snooze():
            return ConversationStateChanged(
                **about(row),
                by=by,
                state=row.state,
                previous=before["state"],
                reason=change.reason if isinstance(change, Reopen) else "person",
                snoozed_until=row.snoozed_until,
            )
