"""The generations of a workspace's numbers."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, delete, func, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import Insert, insert

from services.analytics.domain.hours import Hours, hours_in, hours_of
from services.analytics.models import (
    Book,
    DayTotal,
    DetailTotal,
    Measurement,
    ProfileTotal,
)
from shared.db.transaction import Tx

_SHARED = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")

CURRENT, BUILDING, STALE = "current", "building", "stale"
_TABLES = (Measurement, DayTotal, ProfileTotal, DetailTotal)
_SWEPT = 20_000
_ROW: ColumnElement[Any] = literal_column("ctid")


class Generation(NamedTuple):
    """One set of numbers that is being written."""

    number: int
    hours: Hours


async def share_books(tx: Tx) -> Sequence[Generation]:
    """The generations to write into; none begins or ends before the transaction does."""
    await tx.session.execute(_SHARED, {"name": _lock_name(tx)})
    rows = await tx.session.execute(
        select(Book.generation, cast(Book.settings, Text).label("settings"))
        .where(Book.workspace_id == tx.workspace_id, Book.state != STALE)
        .order_by(Book.generation)
    )
    return [Generation(row.generation, hours_in(row.settings)) for row in rows]


async def take_books(tx: Tx) -> None:
    """Wait until nobody counts, so that a generation can begin or end."""
    await tx.session.execute(_ALONE, {"name": _lock_name(tx)})


async def open_first_book(tx: Tx, settings: Mapping[str, Any]) -> None:
    """The generation with which a workspace begins; of two who open it at once, one waits."""
    await tx.session.execute(_new(tx, 1, CURRENT, settings).on_conflict_do_nothing())


async def open_next_book(tx: Tx, settings: Mapping[str, Any]) -> Generation:
    """A new generation, to be counted by these settings beside the one that is read."""
    last = await tx.session.scalar(
        select(func.max(Book.generation)).where(Book.workspace_id == tx.workspace_id)
    )
    number = (last or 0) + 1
    await tx.session.execute(_new(tx, number, BUILDING, settings))
    return Generation(number, hours_of(settings))


def _new(tx: Tx, number: int, state: str, settings: Mapping[str, Any]) -> Insert:
    return insert(Book).values(
        workspace_id=tx.workspace_id,
        generation=number,
        state=state,
        settings=dict(settings),
        begun_at=tx.now,
        finished_at=tx.now if state == CURRENT else None,
    )


async def current_settings(tx: Tx) -> Mapping[str, Any] | None:
    """By what the newest generation is counted, whether it is complete or not."""
    settings: Mapping[str, Any] | None = await tx.session.scalar(
        select(Book.settings)
        .where(Book.workspace_id == tx.workspace_id, Book.state != STALE)
        .order_by(Book.generation.desc())
        .limit(1)
    )
    return settings


async def drop_book(tx: Tx, state: str) -> None:
    """Read and write the generations in this state no more; `sweep` removes them."""
    await tx.session.execute(
        update(Book)
        .where(Book.workspace_id == tx.workspace_id, Book.state == state)
        .values(state=STALE)
    )


async def crown(tx: Tx, number: int) -> None:
    """Let a complete generation be the one that is read."""
    await drop_book(tx, CURRENT)
    await tx.session.execute(
        update(Book)
        .where(Book.workspace_id == tx.workspace_id, Book.generation == number)
        .values(state=CURRENT, finished_at=tx.now)
    )


async def sweep(tx: Tx) -> bool:
    """Remove some of what no generation needs any more; True while there may be more."""
    numbers = (
        await tx.session.scalars(
            select(Book.generation).where(Book.workspace_id == tx.workspace_id, Book.state == STALE)
        )
    ).all()
    for table in _TABLES:
        some = (
            select(_ROW)
            .select_from(table)
            .where(table.workspace_id == tx.workspace_id, table.generation.in_(numbers))
            .limit(_SWEPT)
        )
        gone = await tx.session.execute(
            delete(table)
            .where(table.workspace_id == tx.workspace_id, _ROW.in_(some))
            .returning(table.generation)
            .execution_options(synchronize_session=False)
        )
        if len(gone.all()) == _SWEPT:
            return True
    await tx.session.execute(
        delete(Book).where(Book.workspace_id == tx.workspace_id, Book.state == STALE)
    )
    return False


def _lock_name(tx: Tx) -> str:
    return f"analytics.books/{tx.workspace_id}"
