"""Sends what is in the outbound ledger, and looks for what nobody confirmed."""

from collections.abc import Awaitable, Callable
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
_LEASE = timedelta(seconds=90)
_DOUBTED = 3


def outbound_work(database: Database, outbox: Outbox, caller: Caller) -> WorkKind:
    return WorkKind(SEND, Sender(database, outbox, caller).handle, lease=_LEASE)


class Sender:
    """Takes one action as far as it can go now."""

    def __init__(self, database: Database, outbox: Outbox, caller: Caller) -> None:
        self._database = database
        self._outbox = outbox
        self._caller = caller

    async def handle(self, item: WorkItem) -> None:
        async with self._database.begin(item.workspace_id) as tx:
            errand = await prepare(tx, item, _LEASE)
        if errand is None:
            return
        try:
            connector = self._outbox.networks.get(errand.network)
        except NotFoundError as error:
            await self._save(item, Step(state=FAILED, code=error.code, detail=error.detail))
            return
        do = self._settle if errand.settles else self._send
        await self._save(item, await do(item, errand, connector))

    async def _send(
        self, item: WorkItem, errand: Errand, connector: Connector
    ) -> ActionResult | Step:
        try:
            return await self._call(
                item, errand, lambda access: connector.act(access, errand.command)
            )
        except NetworkError as error:
            now = self._database.clock.now()
            if isinstance(error, DuplicateError) and 1 < errand.attempts <= _DOUBTED:
                # It may be our own earlier attempt that stands there.
                return _still_unknown(error.detail, now)
            return after_error(error, item.attempts, now, errand.deadline)

    async def _settle(
        self, item: WorkItem, errand: Errand, connector: Connector
    ) -> ActionResult | Step:
        now = self._database.clock.now()
        try:
            found: Settlement = await self._call(
                item,
                errand,
                lambda access: connector.find_sent(access, errand.command, errand.since),
            )
        except NetworkError as error:
            wait = wait_of(item.attempts)
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
        return _still_unknown("", now + wait_of(item.attempts))

    async def _call(
        self, item: WorkItem, errand: Errand, do: Callable[[Access], Awaitable[R]]
    ) -> R:
        return await self._caller.command(
            item.workspace_id, errand.profile_id, do, self._outbox.patience
        )

    async def _save(self, item: WorkItem, outcome: ActionResult | Step) -> None:
        """Keep the answer; should that never succeed, the next worker reads back."""
        await self._database.insist(item.workspace_id, lambda tx: conclude(tx, item, outcome))


def _still_unknown(detail: str, due_at: datetime) -> Step:
    return Step(state=UNKNOWN, code=AmbiguousError.code, detail=detail, due_at=due_at)
