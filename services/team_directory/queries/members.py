"""Reads about the members and teams of a workspace."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, exists, func, or_, select, tuple_

from services.team_directory.errors import MemberNotFoundError
from services.team_directory.models import (
    Member,
    MemberRole,
    Person,
    SecondFactor,
    Team,
    TeamMember,
)
from services.team_directory.queries.roles import combined_access
from services.team_directory.schemas.members import (
    EffectiveAccess,
    MemberSummary,
    MemberView,
    TeamView,
)
from shared.db.transaction import ReadTx
from shared.http.pages import Page, cursor_id, decode_cursor, encode_cursor
from shared.permissions import Level, Module


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What to look for; `text` is part of a name or an address, or a skill."""

    text: str | None = None
    role_id: UUID | None = None
    team_id: UUID | None = None


_SORT = func.lower(Person.name)


def _members(read: ReadTx, *columns: Any) -> Select[Any]:
    return (
        select(
            Member.id,
            Person.name,
            Person.email,
            Member.skills,
            Member.languages,
            func.array(_held()).label("role_ids"),
            func.array(_joined()).label("team_ids"),
            *columns,
        )
        .join(Person, Person.id == Member.id)
        .where(Member.workspace_id == read.workspace_id)
    )


def _held() -> ScalarSelect[UUID]:
    return (
        select(MemberRole.role_id)
        .where(MemberRole.workspace_id == Member.workspace_id, MemberRole.member_id == Member.id)
        .order_by(MemberRole.role_id)
        .scalar_subquery()
    )


def _joined() -> ScalarSelect[UUID]:
    return (
        select(TeamMember.team_id)
        .where(TeamMember.workspace_id == Member.workspace_id, TeamMember.member_id == Member.id)
        .order_by(TeamMember.team_id)
        .scalar_subquery()
    )


async def list_members(
    read: ReadTx, wanted: MemberFilter, cursor: str | None, limit: int
) -> Page[MemberSummary]:
    """The directory, by name."""
    statement = _members(read, _SORT.label("sort")).order_by(_SORT, Member.id).limit(limit + 1)
    if wanted.text:
        needle = wanted.text.lower()
        statement = statement.where(
            or_(
                _SORT.contains(needle, autoescape=True),
                Person.email.contains(needle, autoescape=True),
                func.lower(func.array_to_string(Member.skills, " ")).contains(
                    needle, autoescape=True
                ),
            )
        )
    if wanted.role_id:
        statement = statement.where(
            exists().where(
                MemberRole.workspace_id == Member.workspace_id,
                MemberRole.member_id == Member.id,
                MemberRole.role_id == wanted.role_id,
            )
        )
    if wanted.team_id:
        statement = statement.where(
            exists().where(
                TeamMember.workspace_id == Member.workspace_id,
                TeamMember.member_id == Member.id,
                TeamMember.team_id == wanted.team_id,
            )
        )
    if cursor:
        name, last = decode_cursor(cursor, 2)
        statement = statement.where(tuple_(_SORT, Member.id) > tuple_(str(name), cursor_id(last)))
    rows = await read.all(statement)
    items = [MemberSummary.model_validate(row, from_attributes=True) for row in rows[:limit]]
    more = encode_cursor(rows[limit - 1].sort, rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=more)


async def get_member(read: ReadTx, member_id: UUID) -> MemberView:
    factor = exists().where(
        SecondFactor.person_id == Member.id, SecondFactor.confirmed_at.is_not(None)
    )
    row = await read.first(
        _members(
            read,
            Person.locale,
            Person.time_zone,
            Member.profile_ids,
            Member.sight,
            Member.working_hours,
            Member.hours_time_zone,
            Member.joined_at,
            Member.version,
            factor.label("second_factor"),
        ).where(Member.id == member_id)
    )
    if row is None:
        raise MemberNotFoundError
    access = await combined_access(read, member_id)
    effective = EffectiveAccess(
        levels={module: access.levels.get(module, Level.NONE) for module in Module},
        rights=sorted(access.rights),
        sight=row.sight or access.sight,
    )
    return MemberView.model_validate({**row._mapping, "access": effective})  # noqa: SLF001 -- public in spite of its name.


async def list_teams(read: ReadTx) -> list[TeamView]:
    members = (
        select(TeamMember.member_id)
        .where(TeamMember.workspace_id == Team.workspace_id, TeamMember.team_id == Team.id)
        .order_by(TeamMember.member_id)
        .scalar_subquery()
    )
    rows = await read.all(
        select(
            Team.id,
            Team.name,
            Team.lead_id,
            Team.version,
            func.array(members).label("member_ids"),
        )
        .where(Team.workspace_id == read.workspace_id)
        .order_by(func.lower(Team.name), Team.id)
    )
    return [TeamView.model_validate(row, from_attributes=True) for row in rows]
