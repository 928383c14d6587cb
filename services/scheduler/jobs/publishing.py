"""Publishes what is due, and looks for what nobody confirmed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from services.scheduler.commands.plan import PUBLISH
from services.scheduler.commands.send import Errand, conclude, prepare
from services.scheduler.domain.library import Library
from services.scheduler.domain.pictures import NotAPictureError
from services.scheduler.domain.publication import (
    FAILED,
    PENDING,
    UNKNOWN,
    Step,
    after_error,
    wait_of,
)
from services.scheduler.domain.rules import Rules
from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind
from shared.errors import NotFoundError, ParleyError
from shared.networks.connector import Connector
from shared.networks.errors import (
    AmbiguousError,
    DuplicateError,
    InvalidInputError,
    NetworkError,
    RateLimitedError,
    RemoteTransientError,
)
from shared.networks.publishing import PostDraft, PostImage, Sought
from shared.networks.types import Access, ActionResult, Found, NotFound, Settlement
from shared.profiles.caller import Caller

R = TypeVar("R")


def publishing_work(tools: "Tools") -> WorkKind:
    return WorkKind(PUBLISH, Publisher(tools).handle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What publishing needs of the world."""

    database: Database
    rules: Rules
    caller: Caller
    library: Library


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a worker has to do for an item, on which network, and how long it may take."""

    item: WorkItem
    errand: Errand
    connector: Connector
    until: float


class Publisher:
    """Takes one publication as far as it can go now."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._database = tools.database
        self._rules = tools.rules

    async def handle(self, item: WorkItem) -> None:
        # From before the ledger says so: who finds it there knows until when something may leave.
        until = asyncio.get_running_loop().time() + self._rules.patience.total_seconds()
        async with self._database.begin(item.workspace_id) as tx:
            errand = await prepare(tx, item, self._rules)
        if errand is None:
            return
        try:
            connector = self._rules.networks.get(errand.network)
        except NotFoundError as error:
            await self._save(item, Step(state=FAILED, code=error.code, detail=error.detail))
            return
        do = self._settle if errand.settles else self._publish
        await self._save(item, await do(_Turn(item, errand, connector, until)))

    async def _publish(self, turn: _Turn) -> ActionResult | Step:
        errand, connector = turn.errand, turn.connector
        try:
            images = await self._images(turn.item, errand)
            draft = PostDraft(key=errand.key, text=errand.text, images=images)
            return await self._call(turn, lambda access: connector.publish(access, draft))
        except NetworkError as error:
            now = self._database.clock.now()
            if isinstance(error, DuplicateError):
                # It may be our own earlier attempt that stands there.
                return _still_unknown(error.detail, now)
            return after_error(error, turn.item.attempts, now, errand.deadline)

    async def _images(self, item: WorkItem, errand: Errand) -> list[PostImage]:
        limit = errand.images
        if limit is None:
            return []
        try:
            return [
                await self._tools.library.fit(item.workspace_id, picture, limit)
                for picture in errand.pictures
            ]
        except NotAPictureError as error:
            raise InvalidInputError(str(error)) from error
        except NotFoundError as error:
            raise InvalidInputError("A picture of this post is gone.") from error
        except ParleyError as error:
            raise RemoteTransientError(error.detail) from error

    async def _settle(self, turn: _Turn) -> ActionResult | Step:
        errand, connector, attempts = turn.errand, turn.connector, turn.item.attempts
        now = self._database.clock.now()
        sought = Sought(
            key=errand.key,
            text=errand.text,
            since=errand.first_sent_at,
            images=len(errand.pictures),
            others=errand.others,
        )
        try:
            found: Settlement = await self._call(
                turn, lambda access: connector.find_published(access, sought)
            )
        except NetworkError as error:
            wait = wait_of(attempts)
            if isinstance(error, RateLimitedError):
                wait = max(wait, timedelta(seconds=error.wait))
            return _still_unknown(error.detail, now + wait)
        certain_at = errand.last_sent_at + self._rules.quiet
        match found:
            case Found():
                return found.result
            case NotFound() if now >= certain_at:
                # The network is certain that it is not there, so it may be sent again.
                return Step(state=PENDING, due_at=now)
            case NotFound():
                return _still_unknown("", min(certain_at, now + wait_of(attempts)))
        return _still_unknown("", now + wait_of(attempts))

    async def _call(self, turn: _Turn, do: Callable[[Access], Awaitable[R]]) -> R:
        return await self._tools.caller.command(
            turn.item.workspace_id, turn.errand.profile_id, do, turn.until
        )

    async def _save(self, item: WorkItem, outcome: ActionResult | Step) -> None:
        """Keep the answer; should that never succeed, the next worker reads back."""
        await self._database.insist(item.workspace_id, lambda tx: conclude(tx, item, outcome))


def _still_unknown(detail: str, due_at: datetime) -> Step:
    return Step(state=UNKNOWN, code=AmbiguousError.code, detail=detail, due_at=due_at)
