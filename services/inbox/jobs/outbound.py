"""Sends what is in the outbound ledger, and looks for what nobody confirmed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from services.inbox.commands.request import SEND
from services.inbox.commands.send import Errand, conclude, prepare
from services.inbox.domain.action import (
    FAILED,
    PENDING,
    UNKNOWN,
    Step,
    after_error,
    believes_absence,
    wait_of,
)
from services.inbox.domain.outbox import Outbox
from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind
from shared.errors import NotFoundError
from shared.networks.connector import Connector
from shared.networks.errors import (
    AmbiguousError,
    DuplicateError,
    NetworkError,
    RateLimitedError,
)
from shared.networks.types import Access, ActionResult, Found, NotFound, Settlement
from shared.profiles.caller import Caller

R = TypeVar("R")
_DOUBTED = 3


def outbound_work(database: Database, outbox: Outbox, caller: Caller) -> WorkKind:
    return WorkKind(SEND, Sender(database, outbox, caller).handle)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a worker has to do for an item, on which network, and how long it may take."""

    item: WorkItem
    errand: Errand
    connector: Connector
    until: float


class Sender:
    """Takes one action as far as it can go now."""

    def __init__(self, database: Database, outbox: Outbox, caller: Caller) -> None:
        self._database = database
        self._outbox = outbox
        self._caller = caller

    async def handle(self, item: WorkItem) -> None:
        # From before the ledger says so: who finds it there knows until when something may leave.
        until = asyncio.get_running_loop().time() + self._outbox.patience.total_seconds()
        async with self._database.begin(item.workspace_id) as tx:
            errand = await prepare(tx, item, self._outbox)
        if errand is None:
            return
        try:
            connector = self._outbox.networks.get(errand.network)
        except NotFoundError as error:
            await self._save(item, Step(state=FAILED, code=error.code, detail=error.detail))
            return
        do = self._settle if errand.settles else self._send
        await self._save(item, await do(_Turn(item, errand, connector, until)))

    async def _send(self, turn: _Turn) -> ActionResult | Step:
        errand, connector = turn.errand, turn.connector
        try:
            return await self._call(turn, lambda access: connector.act(access, errand.command))
        except NetworkError as error:
            now = self._database.clock.now()
            if isinstance(error, DuplicateError) and 1 < errand.attempts <= _DOUBTED:
                # It may be our own earlier attempt that stands there.
                return _still_unknown(error.detail, now)
            return after_error(error, turn.item.attempts, now, errand.deadline)

    async def _settle(self, turn: _Turn) -> ActionResult | Step:
        errand, connector, attempts = turn.errand, turn.connector, turn.item.attempts
        now = self._database.clock.now()
        try:
            found: Settlement = await self._call(
                turn, lambda access: connector.find_sent(access, errand.command, errand.since)
            )
        except NetworkError as error:
            wait = wait_of(attempts)
            if isinstance(error, RateLimitedError):
                wait = max(wait, timedelta(seconds=error.wait))
            return _still_unknown(error.detail, now + wait)
        match found:
            case Found():
                return found.result
            case NotFound() if believes_absence(errand.last_sent_at, now, self._outbox.quiet):
                # The network is certain that it is not there, so it may be sent again.
                return Step(state=PENDING, due_at=now)
            case NotFound():
                return _still_unknown("", errand.last_sent_at + self._outbox.quiet)
        return _still_unknown("", now + wait_of(attempts))

    async def _call(self, turn: _Turn, do: Callable[[Access], Awaitable[R]]) -> R:
        return await self._caller.command(
            turn.item.workspace_id, turn.errand.profile_id, do, turn.until
        )

    async def _save(self, item: WorkItem, outcome: ActionResult | Step) -> None:
        """Keep the answer; should that never succeed, the next worker reads back."""
        await self._database.insist(item.workspace_id, lambda tx: conclude(tx, item, outcome))


def _still_unknown(detail: str, due_at: datetime) -> Step:
    return Step(state=UNKNOWN, code=AmbiguousError.code, detail=detail, due_at=due_at)
