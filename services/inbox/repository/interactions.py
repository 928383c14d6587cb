"""What was written: loading many at once, adding them, changing them, and their tombstones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.inbox.domain import search
from services.inbox.models import Action, Interaction, InteractionVersion, RemovedItem
from shared.db.transaction import Tx

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What handling needs to know of an interaction that we have."""

    id: UUID
    external_id: str
    conversation_id: UUID
    contact_id: UUID
    kind: str
    direction: str
    item_version: int
    text: str
    media: list[dict[str, Any]]
    removed_at: datetime | None


_HELD = [Interaction.__table__.c[name] for name in Held.__dataclass_fields__]


async def held(tx: Tx, profile_id: UUID, external_ids: Collection[str]) -> dict[str, Held]:
    """The interactions with these external ids."""
    rows = await tx.session.execute(
        select(*_HELD).where(
            Interaction.workspace_id == tx.workspace_id,
            Interaction.profile_id == profile_id,
            Interaction.external_id.in_(external_ids),
        )
    )
    return {row.external_id: Held(**row._asdict()) for row in rows}


async def sent_by_us(
    tx: Tx, profile_id: UUID, external_ids: Collection[str]
) -> dict[str, tuple[UUID, UUID]]:
    """The actions, and their conversations, that made these items."""
    if not external_ids:
        return {}
    rows = await tx.session.execute(
        select(Action.external_id, Action.id, Action.conversation_id).where(
            Action.workspace_id == tx.workspace_id,
            Action.profile_id == profile_id,
            Action.external_id.in_(external_ids),
        )
    )
    return {row.external_id: (row.id, row.conversation_id) for row in rows}


def _searchable(values: Values) -> dict[str, Any]:
    """The columns that search looks into, from the text and its author."""
    author = values["author"]
    parts = (values["text"], author["display_name"], author["handle"])
    return {"word_list": " ".join(search.words(*parts)), "grams": search.grams(*parts)}


_WORDS = func.to_tsvector("simple", bindparam("word_list"))


async def add(tx: Tx, rows: Sequence[Values]) -> None:
    if rows:
        await tx.session.execute(
            insert(Interaction.__table__).values(words=_WORDS),  # type: ignore[arg-type]  # A Table.
            [{**row, **_searchable(row)} for row in rows],
        )


async def change(tx: Tx, rows: Sequence[Values]) -> None:
    """Give interactions new contents; each row names the `held_id` and every changed column."""
    table: Any = Interaction.__table__
    if rows:
        await tx.session.execute(
            update(table)
            .where(
                table.c.workspace_id == tx.workspace_id,
                table.c.id == bindparam("held_id"),
            )
            .values(words=_WORDS, **{name: bindparam(f"new_{name}") for name in _CHANGING}),
            [
                {
                    "held_id": row["held_id"],
                    "word_list": _searchable(row)["word_list"],
                    **{f"new_{name}": ({**row, **_searchable(row)})[name] for name in _CHANGING},
                }
                for row in rows
            ],
        )


_CHANGING = (
    "text",
    "media",
    "author",
    "item_version",
    "edited_at",
    "rating",
    "permalink",
    "handle",
    "grams",
)


async def keep_versions(tx: Tx, rows: Sequence[Values]) -> None:
    """Keep what interactions said before; what is kept already stays as it is."""
    if rows:
        await tx.session.execute(upsert(InteractionVersion).on_conflict_do_nothing(), rows)


async def removed(tx: Tx, profile_id: UUID, external_ids: Collection[str]) -> dict[str, datetime]:
    """The tombstones among these."""
    rows = await tx.session.execute(
        select(RemovedItem.external_id, RemovedItem.removed_at).where(
            RemovedItem.workspace_id == tx.workspace_id,
            RemovedItem.profile_id == profile_id,
            RemovedItem.external_id.in_(external_ids),
        )
    )
    return {row.external_id: row.removed_at for row in rows}


async def bury(tx: Tx, profile_id: UUID, moments: Mapping[str, datetime]) -> None:
    """Leave tombstones, and mark what stands there as removed; the earliest moment holds."""
    if not moments:
        return
    table: Any = RemovedItem.__table__
    statement = upsert(table)
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "profile_id", "external_id"],
            set_={"removed_at": func.least(table.c.removed_at, statement.excluded.removed_at)},
        ),
        [
            {
                "workspace_id": tx.workspace_id,
                "profile_id": profile_id,
                "external_id": external_id,
                "removed_at": moment,
            }
            for external_id, moment in sorted(moments.items())
        ],
    )
    items: Any = Interaction.__table__
    await tx.session.execute(
        update(items)
        .where(
            items.c.workspace_id == tx.workspace_id,
            items.c.profile_id == profile_id,
            items.c.external_id == bindparam("item"),
        )
        .values(removed_at=func.least(items.c.removed_at, bindparam("moment"))),
        [{"item": external_id, "moment": moment} for external_id, moment in moments.items()],
    )
