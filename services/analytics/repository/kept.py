"""The events that are kept, and the subjects that they tell of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import select, text

from services.analytics.domain.kept import Kept
from services.analytics.models import Subject
from shared.db.transaction import Tx

_APPEND = text(
    "INSERT INTO kept_events (workspace_id, subject_id, event_id, at, type, body)"
    " SELECT :workspace, * FROM unnest(CAST(:subjects AS uuid[]), CAST(:events AS uuid[]),"
    " CAST(:moments AS timestamptz[]), CAST(:types AS text[]), CAST(:bodies AS bytea[]))"
    " ON CONFLICT DO NOTHING"
)
# A row that is newer is locked, too; sorted, so that two who meet do not deadlock.
_HOLD = text(
    "INSERT INTO subjects (workspace_id, id, profile_id, assignee_id, team_id, version)"
    " SELECT :workspace, s.id, s.profile_id, s.assignee_id, s.team_id, s.version"
    " FROM unnest(CAST(:ids AS uuid[]), CAST(:profiles AS uuid[]), CAST(:assignees AS uuid[]),"
    " CAST(:teams AS uuid[]), CAST(:versions AS integer[]))"
    " AS s(id, profile_id, assignee_id, team_id, version) ORDER BY s.id"
    " ON CONFLICT (workspace_id, id) DO UPDATE SET profile_id = excluded.profile_id,"
    " assignee_id = excluded.assignee_id, team_id = excluded.team_id, version = excluded.version"
    " WHERE excluded.version > subjects.version"
)
# Subject by subject, whatever the planner believes of a table that has just begun to grow.
_EVENTS = text(
    "SELECT e.* FROM unnest(CAST(:subjects AS uuid[])) AS s(id) CROSS JOIN LATERAL"
    " (SELECT subject_id, at, event_id, type, body FROM kept_events"
    " WHERE workspace_id = :workspace AND subject_id = s.id OFFSET 0) AS e"
)


class Told(NamedTuple):
    """An event to keep, with the subject that it tells of; the body is JSON."""

    subject_id: UUID
    event_id: UUID
    at: datetime
    type: str
    body: bytes


class Holder(NamedTuple):
    """Who may see a subject, by the version that said so."""

    id: UUID
    profile_id: UUID
    assignee_id: UUID
    team_id: UUID
    version: int


async def append(tx: Tx, told: Sequence[Told]) -> None:
    """Keep events; one that is kept already changes nothing."""
    if not told:
        return
    parameters = {
        "workspace": tx.workspace_id,
        "subjects": [one.subject_id for one in told],
        "events": [one.event_id for one in told],
        "moments": [one.at for one in told],
        "types": [one.type for one in told],
        "bodies": [one.body for one in told],
    }
    await tx.session.execute(_APPEND, parameters)


async def hold_subjects(tx: Tx, holders: Iterable[Holder]) -> None:
    """Lock the subjects until the transaction ends, and note who may see them now."""
    rows = list(holders)
    if not rows:
        return
    parameters = {
        "workspace": tx.workspace_id,
        "ids": [row.id for row in rows],
        "profiles": [row.profile_id for row in rows],
        "assignees": [row.assignee_id for row in rows],
        "teams": [row.team_id for row in rows],
        "versions": [row.version for row in rows],
    }
    await tx.session.execute(_HOLD, parameters)


async def next_subjects(tx: Tx, after: UUID, limit: int) -> Sequence[UUID]:
    """The subjects that follow in order, locked until the transaction ends."""
    statement = (
        select(Subject.id)
        .where(Subject.workspace_id == tx.workspace_id, Subject.id > after)
        .order_by(Subject.id)
        .limit(limit)
        .with_for_update()
    )
    return (await tx.session.scalars(statement)).all()


async def events_of(tx: Tx, subject_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Kept]]:
    """Every event that is kept of these subjects."""
    rows = await tx.session.execute(
        _EVENTS, {"workspace": tx.workspace_id, "subjects": list(subject_ids)}
    )
    found: dict[UUID, list[Kept]] = {}
    for subject_id, at, event_id, kind, body in rows.all():
        found.setdefault(subject_id, []).append(Kept(at, event_id, kind, orjson.loads(body)))
    return found
