"""The engine of one service and the edges at which transactions begin and commit."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import stamina
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from shared.clock import Clock, SystemClock
from shared.db.transaction import NO_WORKSPACE, SET_WORKSPACE, ReadTx, Tx
from shared.errors import InvalidError, UnavailableError
from shared.ids import Ids, new_id

# Serialization failure, deadlock, lock not available, and the ways in which a server goes away.
_RETRYABLE = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300", "08006", "08003"}

# NUL in a text, and the same in a JSON document.
_UNSTORABLE = {"22021", "22P05"}


# Several statements of one answer must see the same moment.
_READ_ONLY = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


class DatabaseBusyError(UnavailableError):
    code = "database.busy"
    title = "The database is busy or restarting; nothing was changed. Try again shortly."


class UnstorableTextError(InvalidError):
    code = "database.unstorable_text"
    title = "A text holds a NUL character, which cannot be stored."


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may succeed when it is run again."""
    if isinstance(error, UnavailableError | ConnectionError | InterfaceError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    return (
        state in _RETRYABLE
        or error.connection_invalidated
        or (isinstance(error, OperationalError) and state is None)
    )


def _declared(error: DBAPIError) -> Exception:
    """The error that callers are told about; the same one again when it is a fault of ours."""
    if is_transient(error):
        return DatabaseBusyError(retry_after=1)
    state = getattr(error.orig, "sqlstate", None)
    return UnstorableTextError() if state in _UNSTORABLE else error


def sqlalchemy_url(url: str) -> str:
    """The SQLAlchemy spelling of a plain `postgresql://` address."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


class Database:
    """Opens transactions for one service; `producer` is the name under which it publishes."""

    def __init__(
        self,
        url: str,
        *,
        producer: str,
        pool_size: int = 10,
        clock: Clock | None = None,
        ids: Ids = new_id,
    ) -> None:
        self.url = url
        self.producer = producer
        self.clock = clock or SystemClock()
        self.ids = ids
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url), pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=False
        )
        self._on_commit: list[Callable[[Tx], None]] = []

    def on_commit(self, listener: Callable[[Tx], None]) -> None:
        """Be told after each commit (the relay and the workers are woken by it)."""
        self._on_commit.append(listener)

    @asynccontextmanager
    async def begin(self, workspace_id: UUID = NO_WORKSPACE) -> AsyncIterator[Tx]:
        """One write transaction; commits when the block ends, rolls back when it raises."""
        try:
            async with AsyncSession(self.engine, expire_on_commit=False) as session:
                tx = Tx(session, self.producer, self.clock.now(), self.ids)
                async with session.begin():
                    await tx.enter_workspace(workspace_id)
                    yield tx
        except DBAPIError as error:
            raise _declared(error) from error
        for listener in self._on_commit:
            listener(tx)

    @asynccontextmanager
    async def read(self, workspace_id: UUID = NO_WORKSPACE) -> AsyncIterator[ReadTx]:
        """One read-only transaction that sees a single moment."""
        try:
            async with self.engine.connect() as connection, connection.begin():
                await connection.execute(_READ_ONLY)
                await connection.execute(SET_WORKSPACE, {"workspace": str(workspace_id)})
                yield ReadTx(connection, self.clock.now(), workspace_id)
        except DBAPIError as error:
            raise _declared(error) from error

    async def insist(self, workspace_id: UUID, change: Callable[[Tx], Awaitable[None]]) -> None:
        """One write transaction, begun again when a passing fault ends it.

        For what must not be forgotten because it has happened outside already.
        """
        async for attempt in stamina.retry_context(
            on=is_transient, attempts=4, timeout=None, wait_initial=0.2, wait_max=1
        ):
            with attempt:
                async with self.begin(workspace_id) as tx:
                    await change(tx)

    async def ping(self) -> None:
        """Raise when the database does not answer."""
        try:
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise _declared(error) from error

    async def close(self) -> None:
        await self.engine.dispose()
