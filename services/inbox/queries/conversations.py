"""Lists of conversations and how many there are, only of what the asking person may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, tuple_

from services.inbox.models import Contact, Conversation
from services.inbox.queries.keyset import Direction, Place, page_of
from services.inbox.repository.visibility import visible
from services.inbox.schemas.conversations import (
    ConversationCounts,
    ConversationFilters,
    ConversationList,
    ConversationPage,
    ConversationSummary,
    Count,
    Order,
)
from shared.db.transaction import ReadTx
from shared.identity import Identity

_COUNTED = 1000
_PLAIN = tuple(
    name for name in ConversationSummary.model_fields if name not in ("contact", "hit_at")
)


def summaries() -> Select[Any]:
    """The columns of a line of a list, with the contact beside them."""
    columns = Conversation.__table__.c
    return select(
        *(columns[name] for name in _PLAIN),
        Contact.id.label("c_id"),
        Contact.name.label("c_name"),
        Contact.avatar_url.label("c_avatar"),
    ).join(
        Contact,
        and_(
            Contact.workspace_id == Conversation.workspace_id,
            Contact.id == Conversation.contact_id,
        ),
    )


def summary_of(row: Row[Any]) -> ConversationSummary:
    values = row._mapping  # noqa: SLF001  # The documented way to read a row by name.
    contact = {"id": values["c_id"], "name": values["c_name"], "avatar_url": values["c_avatar"]}
    # Faster than `model_construct`, which goes through the fields in Python.
    return ConversationSummary.model_validate(
        {name: values[name] for name in _PLAIN}
        | {"contact": contact, "hit_at": values.get("hit_at")}
    )


async def list_conversations(
    read: ReadTx, identity: Identity, wanted: ConversationList
) -> ConversationPage:
    key = _key(wanted.order)
    statement = summaries().where(*visible(identity), *conditions(wanted, identity))
    if wanted.order is Order.WAITING:
        statement = statement.where(Conversation.waiting_since.is_not(None))
    place = Place.parse(wanted.cursor)
    # Newest first runs down the key, longest waiting runs up.
    falling = (wanted.order is Order.NEWEST) != (place.direction is Direction.BACK)
    if place.at is not None:
        here = tuple_(key, Conversation.id)
        there = tuple_(place.at, place.id)
        statement = statement.where(here < there if falling else here > there)
    order = (key.desc(), Conversation.id.desc()) if falling else (key.asc(), Conversation.id.asc())
    rows = await read.all(statement.order_by(*order).limit(wanted.limit + 1))
    items, following, previous = page_of(
        [summary_of(row) for row in rows], wanted.limit, place, _place_of(wanted.order)
    )
    return ConversationPage(items=items, next_cursor=following, previous_cursor=previous)


def _key(order: Order) -> ColumnElement[datetime | None]:
    columns = Conversation.__table__.c
    return columns["waiting_since" if order is Order.WAITING else "last_at"]


def _place_of(order: Order) -> Any:
    name = "waiting_since" if order is Order.WAITING else "last_at"
    return lambda item: (getattr(item, name), item.id)


def conditions(wanted: ConversationFilters, identity: Identity) -> list[ColumnElement[bool]]:
    """What the filters ask for, as conditions on `Conversation`."""
    found = [
        column.in_(values)
        for column, values in (
            (Conversation.state, wanted.state),
            (Conversation.profile_id, wanted.profile_id),
            (Conversation.network, wanted.network),
            (Conversation.kind, [kind.value for kind in wanted.kind]),
            (Conversation.team_id, wanted.team_id),
        )
        if values
    ]
    return [*found, *_assignee(wanted.assignee, identity), *_others(wanted)]


def _assignee(assignee: str | UUID | None, identity: Identity) -> Sequence[ColumnElement[bool]]:
    match assignee:
        case None:
            return ()
        case "none":
            return (Conversation.assignee_id.is_(None),)
        case "me":
            return (Conversation.assignee_id == identity.actor_id,)
        case _:
            return (Conversation.assignee_id == assignee,)


def _others(wanted: ConversationFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.tag_id:
        found.append(Conversation.tag_ids.overlap(wanted.tag_id))
    if wanted.contact_id is not None:
        found.append(Conversation.contact_id == wanted.contact_id)
    if wanted.since is not None:
        found.append(Conversation.last_at >= wanted.since)
    if wanted.until is not None:
        found.append(Conversation.last_at < wanted.until)
    if wanted.waiting:
        found.append(Conversation.waiting_since.is_not(None))
    return found


async def count_conversations(
    read: ReadTx, identity: Identity, wanted: ConversationFilters
) -> ConversationCounts:
    """How many each view holds, counted to a thousand: an exact number would read every row."""
    is_open = Conversation.state == "open"
    views: dict[str, tuple[ColumnElement[bool], ...]] = {
        "open": (is_open,),
        "mine": (is_open, Conversation.assignee_id == identity.actor_id),
        "unassigned": (is_open, Conversation.assignee_id.is_(None)),
        "snoozed": (Conversation.state == "snoozed",),
        "handled": (Conversation.state == "handled",),
    }
    within = conditions(wanted, identity)
    asked = {name: [*within, *view] for name, view in views.items()}
    return ConversationCounts(**await counted(read, identity, asked))


async def counted(
    read: ReadTx, identity: Identity, asked: Mapping[str, Sequence[ColumnElement[bool]]]
) -> dict[str, Count]:
    """How many conversations of what this person may see meet each of the named conditions."""
    if not asked:
        return {}
    counts = [
        select(func.count())
        .select_from(
            select(Conversation.id).where(*visible(identity), *each).limit(_COUNTED + 1).subquery()
        )
        .scalar_subquery()
        .label(name)
        for name, each in asked.items()
    ]
    row = await read.first(select(*counts))
    numbers = dict(row._mapping) if row else {}  # noqa: SLF001  # The documented way.
    return {
        name: Count(count=min(number, _COUNTED), more=number > _COUNTED)
        for name, number in numbers.items()
    }
