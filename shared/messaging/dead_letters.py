"""Records that a consumer could not handle: kept with the reason, listed, replayed.

They lie in a table of the consumer's own database rather than on a topic of the bus: burying one
is then one durable step, and listing and replaying them is a query.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from shared.db.database import Database
from shared.db.kernel_tables import dead_letters
from shared.db.transaction import NO_WORKSPACE, ReadTx, Tx
from shared.errors import NotFoundError, ParleyError
from shared.messaging.bus import Record
from shared.messaging.dispatch import Dispatcher


class DeadLetterNotFoundError(NotFoundError):
    code = "events.dead_letter_not_found"
    title = "There is no such open dead letter."


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One record that was set aside; `code` and `detail` say why."""

    id: UUID
    topic: str
    key: str
    type: str
    code: str
    detail: str
    state: str
    at: datetime


def _workspace_of(headers: Mapping[str, str]) -> UUID:
    try:
        return UUID(headers.get("ce_workspaceid", ""))
    except ValueError:
        return NO_WORKSPACE


async def bury(database: Database, consumer: str, record: Record, error: Exception) -> None:
    """Keep the record aside; burying it twice keeps one."""
    event_id = record.headers.get("ce_id") or f"{record.topic}/{record.partition}/{record.offset}"
    async with database.begin(_workspace_of(record.headers)) as tx:
        await tx.session.execute(
            insert(dead_letters)
            .values(
                workspace_id=tx.workspace_id,
                id=uuid5(NAMESPACE_OID, f"{consumer}/{event_id}"),
                consumer=consumer,
                topic=record.topic,
                partition=record.partition,
                offset=record.offset,
                key=record.key,
                headers=dict(record.headers),
                body=record.body,
                code=error.code if isinstance(error, ParleyError) else "fault",
                detail=str(error) or repr(error),
                at=tx.now,
            )
            .on_conflict_do_nothing()
        )


async def list_dead_letters(read: ReadTx, *, limit: int = 200) -> Sequence[DeadLetter]:
    """The open ones of the workspace, oldest first."""
    rows = await read.all(
        select(dead_letters)
        .where(dead_letters.c.workspace_id == read.workspace_id, dead_letters.c.state == "open")
        .order_by(dead_letters.c.at)
        .limit(limit)
    )
    return [
        DeadLetter(
            id=row.id,
            topic=row.topic,
            key=row.key,
            type=row.headers.get("ce_type", ""),
            code=row.code,
            detail=row.detail,
            state=row.state,
            at=row.at,
        )
        for row in rows
    ]


async def settle_dead_letter(tx: Tx, letter_id: UUID, state: str) -> Record:
    """Close an open letter (`replayed` or `discarded`) and return what it holds."""
    row = (
        await tx.session.execute(
            update(dead_letters)
            .where(
                dead_letters.c.workspace_id == tx.workspace_id,
                dead_letters.c.id == letter_id,
                dead_letters.c.state == "open",
            )
            .values(state=state, settled_at=tx.now)
            .returning(dead_letters)
        )
    ).first()
    if row is None:
        raise DeadLetterNotFoundError
    return Record(row.topic, row.partition, row.offset, row.key, row.headers, row.body)


async def replay_dead_letter(tx: Tx, letter_id: UUID, dispatcher: Dispatcher) -> None:
    """Handle a letter again in this transaction; it stays open when that fails again."""
    record = await settle_dead_letter(tx, letter_id, "replayed")
    await dispatcher.apply(tx, dispatcher.read([record]))
