"""A process that dies at a chosen step: every commit has one just before it and one just after."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session

from shared.db.database import Database
from shared.db.transaction import Tx


class DiedError(BaseException):
    """Not an `Exception`: nothing that handles faults may run any more."""


class Steps:
    """Counts the steps of a database's transactions; at `last` the process dies."""

    def __init__(self, last: int | None) -> None:
        self._last = last
        self.taken = 0
        self.over = False

    def take(self) -> None:
        if self.over:
            return
        self.taken += 1
        if self.taken == self._last:
            raise DiedError


@contextmanager
def dying(database: Database, last: int | None = None) -> Iterator[Steps]:
    """Within the block a process dies at its step number `last`; without one it only counts."""
    steps = Steps(last)
    engine = database.engine.sync_engine

    def before(session: Session) -> None:
        if session.get_bind() is engine:
            steps.take()

    def after(_tx: Tx) -> None:
        steps.take()

    event.listen(Session, "before_commit", before)
    database.on_commit(after)
    try:
        yield steps
    except DiedError:
        pass
    finally:
        event.remove(Session, "before_commit", before)
        steps.over = True
