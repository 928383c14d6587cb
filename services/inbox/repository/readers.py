"""Where reading a profile stands, stream by stream."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from services.inbox.models import Reader
from shared.db.transaction import Tx

PUSH = "push"
_TROUBLE = 3  # One failure is an accident.


def in_trouble(failures: int) -> bool:
    """Whether this is more than bad luck."""
    return failures >= _TROUBLE


async def ensure(tx: Tx, profile_id: UUID, streams: Sequence[str]) -> None:
    """Have a row for each of these streams."""
    await tx.session.execute(
        insert(Reader).on_conflict_do_nothing(),
        [
            {
                "workspace_id": tx.workspace_id,
                "profile_id": profile_id,
                "stream": stream,
                "back_filled": False,
                "failures": 0,
            }
            for stream in streams
        ],
    )


async def forgive(tx: Tx, profile_id: UUID) -> None:
    """Forget the errors of a connection that is no more."""
    await tx.session.execute(
        update(Reader)
        .where(Reader.workspace_id == tx.workspace_id, Reader.profile_id == profile_id)
        .values(failures=0, error_code=None, error_detail=None)
        .execution_options(synchronize_session=False)
    )


async def reader(tx: Tx, profile_id: UUID, stream: str) -> Reader:
    """The row of a stream, locked; made when there is none yet."""
    await ensure(tx, profile_id, [stream])
    return await tx.session.get_one(
        Reader, (tx.workspace_id, profile_id, stream), with_for_update=True
    )


async def streams(tx: Tx, profile_id: UUID) -> Sequence[str]:
    """The streams that were ever read of this profile."""
    rows = await tx.session.scalars(
        select(Reader.stream).where(
            Reader.workspace_id == tx.workspace_id, Reader.profile_id == profile_id
        )
    )
    return rows.all()


async def error_codes(tx: Tx, profile_id: UUID) -> Sequence[str]:
    """The errors of readers that are in trouble, not merely in bad luck."""
    rows = await tx.session.scalars(
        select(Reader.error_code)
        .where(
            Reader.workspace_id == tx.workspace_id,
            Reader.profile_id == profile_id,
            Reader.error_code.is_not(None),
            Reader.failures >= _TROUBLE,
        )
        .order_by(Reader.stream)
    )
    return [code for code in rows if code is not None]
