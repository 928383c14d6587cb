"""Calendars and policies; a change holds for tickets that are opened afterwards."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.ticketing.errors import (
    CalendarNotFoundError,
    CalendarUsedError,
    PolicyNotFoundError,
    PolicyOverlapError,
    PolicyProfilesError,
    SlaChangedError,
)
from services.ticketing.models import Calendar, Policy
from shared.db.transaction import Tx
from shared.events.ticketing import CalendarRemoved, CalendarSaved, PolicyRemoved, PolicySaved
from shared.identity import Identity

RESTATE = "ticketing.restate"
Values = Mapping[str, Any]
_LOCK = func.pg_advisory_xact_lock


async def create_calendar(tx: Tx, name: str, hours: Values) -> UUID:
    row = Calendar(
        workspace_id=tx.workspace_id, id=tx.new_id(), name=name, body=dict(hours), version=1
    )
    tx.session.add(row)
    await tx.publish(_calendar_saved(row))
    return row.id


async def rewrite_calendar(
    tx: Tx, calendar_id: UUID, expected_version: int, name: str, hours: Values
) -> None:
    row = await _calendar(tx, calendar_id)
    _demand_version(row, expected_version)
    row.name, row.body = name, dict(hours)
    row.version += 1
    await tx.publish(_calendar_saved(row))


async def remove_calendar(tx: Tx, calendar_id: UUID) -> None:
    await _one_at_a_time(tx)
    row = await _calendar(tx, calendar_id)
    statement = select(Policy.name).where(
        Policy.workspace_id == tx.workspace_id, Policy.calendar_id == calendar_id
    )
    names = sorted(await tx.session.scalars(statement))
    if names:
        raise CalendarUsedError(policies=names)
    await tx.session.delete(row)
    await tx.publish(CalendarRemoved(workspace_id=tx.workspace_id, calendar_id=calendar_id))


async def create_policy(tx: Tx, identity: Identity, values: Values) -> UUID:
    """`values` are the name, the calendar, the profiles and the goals."""
    _demand_sight(identity, values["profile_ids"])
    await _demand_possible(tx, values)
    row = Policy(workspace_id=tx.workspace_id, id=tx.new_id(), version=1, **values)
    tx.session.add(row)
    await tx.publish(_policy_saved(row))
    return row.id


async def rewrite_policy(
    tx: Tx, identity: Identity, policy_id: UUID, expected_version: int, values: Values
) -> None:
    _demand_sight(identity, values["profile_ids"])
    await _demand_possible(tx, values, besides=policy_id)
    row = await _policy(tx, policy_id)
    _demand_sight(identity, row.profile_ids)
    _demand_version(row, expected_version)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    await tx.publish(_policy_saved(row))


async def remove_policy(tx: Tx, identity: Identity, policy_id: UUID) -> None:
    """What was promised on tickets stays promised."""
    row = await _policy(tx, policy_id)
    _demand_sight(identity, row.profile_ids)
    await tx.session.delete(row)
    await tx.publish(PolicyRemoved(workspace_id=tx.workspace_id, policy_id=policy_id))


async def restate_promises(tx: Tx, _after: UUID) -> None:
    """Tell of all calendars and policies as they are; there are few."""
    await _one_at_a_time(tx)
    calendars = select(Calendar).where(Calendar.workspace_id == tx.workspace_id)
    for calendar in await tx.session.scalars(calendars.order_by(Calendar.id).with_for_update()):
        await tx.publish(_calendar_saved(calendar, restated=True))
    policies = select(Policy).where(Policy.workspace_id == tx.workspace_id)
    for policy in await tx.session.scalars(policies.order_by(Policy.id).with_for_update()):
        await tx.publish(_policy_saved(policy, restated=True))


def _calendar_saved(row: Calendar, *, restated: bool = False) -> CalendarSaved:
    return CalendarSaved(
        workspace_id=row.workspace_id,
        calendar_id=row.id,
        calendar_version=row.version,
        name=row.name,
        restated=restated,
        **row.body,
    )


def _policy_saved(row: Policy, *, restated: bool = False) -> PolicySaved:
    return PolicySaved(
        workspace_id=row.workspace_id,
        policy_id=row.id,
        policy_version=row.version,
        name=row.name,
        calendar_id=row.calendar_id,
        profile_ids=tuple(row.profile_ids),
        restated=restated,
    )


def _demand_sight(identity: Identity, profile_ids: Collection[UUID]) -> None:
    """Who works with certain profiles promises for those; a policy without any holds for all."""
    if identity.profile_ids is None:
        return
    if not profile_ids or not identity.profile_ids.issuperset(profile_ids):
        raise PolicyProfilesError


async def _demand_possible(tx: Tx, values: Values, besides: UUID | None = None) -> None:
    """The calendar is there, and no profile has two policies."""
    await _one_at_a_time(tx)
    await _calendar(tx, values["calendar_id"])
    profiles: Collection[UUID] = values["profile_ids"]
    same = Policy.profile_ids.overlap(profiles) if profiles else Policy.profile_ids == []
    statement = select(Policy.id, Policy.name).where(Policy.workspace_id == tx.workspace_id, same)
    for row in await tx.session.execute(statement):
        if row.id != besides:
            raise PolicyOverlapError(policy=row.name)


async def _one_at_a_time(tx: Tx) -> None:
    """Two people who change policies at once wait for one another here."""
    lock = f"ticketing.policies/{tx.workspace_id}"
    await tx.session.execute(select(_LOCK(func.hashtextextended(lock, 0))))


async def _calendar(tx: Tx, calendar_id: UUID) -> Calendar:
    row = await tx.session.get(Calendar, (tx.workspace_id, calendar_id), with_for_update=True)
    if row is None:
        raise CalendarNotFoundError
    return row


async def _policy(tx: Tx, policy_id: UUID) -> Policy:
    row = await tx.session.get(Policy, (tx.workspace_id, policy_id), with_for_update=True)
    if row is None:
        raise PolicyNotFoundError
    return row


def _demand_version(row: Calendar | Policy, expected: int) -> None:
    if row.version != expected:
        raise SlaChangedError(version=row.version)
