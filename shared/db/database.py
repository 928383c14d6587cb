"""The engine of one service and the edges at which transactions begin and commit."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import UUID

import asyncpg
import stamina
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from shared.clock import Clock, SystemClock
from shared.db.transaction import NO_WORKSPACE, SET_WORKSPACE, ReadTx, Tx
from shared.errors import InvalidError, UnavailableError
from shared.ids import Ids, new_id

# Lock not available, and a session or transaction that the server ended because it stood still.
_RETRYABLE = {"55P03", "25P03", "25P04"}

# A lost connection, a transaction rolled back by the server, a full disk or too many connections, a
# server that an operator stops, and a disk that does not answer.
_RETRYABLE_CLASSES = {"08", "40", "53", "57", "58"}

# Nobody waits for ever, on either side: not we for a server that is cut off from us, nor the server
# for us while others wait for our locks.
_CONNECT_SECONDS = 10
_STATEMENT_SECONDS = 60
_SESSION = {
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30s",
}

# NUL in a text, and the same in a JSON document.
_UNSTORABLE = {"22021", "22P05"}


# Several statements of one answer must see the same moment; BEGIN itself says so.
_READ_ONLY = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class DatabaseBusyError(UnavailableError):
    code = "database.busy"
    title = "The database is busy or restarting; nothing was changed. Try again shortly."


class UnstorableTextError(InvalidError):
    code = "database.unstorable_text"
    title = "A text holds a NUL character, which cannot be stored."


_PASSING = (
    UnavailableError,
    ConnectionError,
    TimeoutError,
    InterfaceError,
    NoFreeConnectionError,
)


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may succeed when it is run again."""
    if isinstance(error, _PASSING):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None) or ""
    return (
        state in _RETRYABLE
        or state[:2] in _RETRYABLE_CLASSES
        or error.connection_invalidated
        or (isinstance(error, OperationalError) and not state)
    )


@contextmanager
def _declared() -> Iterator[None]:
    """Tell what the database answers in the words of the platform, unless it is a fault of ours."""
    try:
        yield
    except (DBAPIError, TimeoutError, NoFreeConnectionError) as error:
        if is_transient(error):
            raise DatabaseBusyError(retry_after=1) from error
        state = getattr(getattr(error, "orig", None), "sqlstate", None)
        if state in _UNSTORABLE:
            raise UnstorableTextError from error
        raise


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
            sqlalchemy_url(url),
            async_creator=self._connect,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=False,
        )
        self._reading = self.engine.execution_options(**_READ_ONLY)
        self._on_commit: list[Callable[[Tx], None]] = []

    async def _connect(self) -> Any:
        """A connection for the pool; whatever keeps the server from answering is one error."""
        try:
            return await asyncpg.connect(
                self.url,
                timeout=_CONNECT_SECONDS,
                command_timeout=_STATEMENT_SECONDS,
                server_settings={"application_name": f"parley-{self.producer}", **_SESSION},
            )
        except OSError as error:
            raise DatabaseBusyError(retry_after=1) from error

    def on_commit(self, listener: Callable[[Tx], None]) -> None:
        """Be told after each commit (the relay and the workers are woken by it)."""
        self._on_commit.append(listener)

    @asynccontextmanager
    async def begin(self, workspace_id: UUID = NO_WORKSPACE) -> AsyncIterator[Tx]:
        """One write transaction; commits when the block ends, rolls back when it raises."""
        with _declared():
            async with AsyncSession(self.engine, expire_on_commit=False) as session:
                tx = Tx(session, self.producer, self.clock.now(), self.ids)
                async with session.begin():
                    await tx.enter_workspace(workspace_id)
                    yield tx
        for listener in self._on_commit:
            listener(tx)

    @asynccontextmanager
    async def read(self, workspace_id: UUID = NO_WORKSPACE) -> AsyncIterator[ReadTx]:
        """One read-only transaction that sees a single moment."""
        with _declared():
            async with self._reading.connect() as connection, connection.begin():
                await connection.execute(SET_WORKSPACE, {"workspace": str(workspace_id)})
                yield ReadTx(connection, self.clock.now(), workspace_id)

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
        with _declared():
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()
