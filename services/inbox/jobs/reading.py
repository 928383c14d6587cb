"""Reading profiles: begun when they are connected, polled stream by stream, subscribed to."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import structlog

from services.inbox.commands.reading import (
    READ,
    START,
    SUBSCRIBE,
    Beginning,
    begin_reading,
    of_read_key,
    poll_again,
    reading_failed,
    stream_works,
    take_page,
)
from services.inbox.domain.outside import HookSecrets
from services.inbox.domain.pacing import Pace
from services.inbox.queries.readers import Subject, cursor_of, find_subject
from shared.db.database import Database, DatabaseBusyError
from shared.db.transaction import LeaseLostError, WorkItem
from shared.db.work import WorkKind
from shared.errors import ParleyError
from shared.networks.errors import RemoteTransientError
from shared.networks.types import Access, Page
from shared.profiles.caller import Caller

log = structlog.get_logger()

T = TypeVar("T")

PUSH = "push"
_PAGES = 50  # After so many it is the turn of other profiles.


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the jobs that read share; `hooks_url` is where networks reach our webhooks."""

    database: Database
    caller: Caller
    secrets: HookSecrets
    hooks_url: str
    pace: Pace

    async def subject(self, item: WorkItem, profile_id: UUID) -> Subject | None:
        """The profile, while it is connected; otherwise the item is struck off."""
        async with self.database.read(item.workspace_id) as read:
            subject = await find_subject(read, profile_id)
        if subject is not None and subject.connected:
            return subject
        async with self.database.begin(item.workspace_id) as tx:
            await tx.finish(item)
        return None

    async def in_time(self, call: Awaitable[T]) -> T:
        """The result of a call, which may take long, but not for ever."""
        try:
            async with asyncio.timeout(self.pace.patience.total_seconds()):
                return await call
        except TimeoutError as error:
            raise RemoteTransientError("The network did not answer in time.") from error

    async def failed(
        self, item: WorkItem, profile_id: UUID, stream: str, error: ParleyError
    ) -> None:
        """Note what the network answered; what failed on our own side is left to the worker."""
        if isinstance(error, LeaseLostError | DatabaseBusyError):
            raise error
        log.info("inbox.reading_failed", profile_id=str(profile_id), stream=stream, code=error.code)
        async with self.database.begin(item.workspace_id) as tx:
            due_at = await reading_failed(tx, profile_id, stream, error)
            await tx.retry(item, due_at=due_at)

    async def start(self, item: WorkItem) -> None:
        """Look at the account and put to work what reads it."""
        profile_id = UUID(item.key)
        subject = await self.subject(item, profile_id)
        if subject is None:
            return
        manifest = self.caller.networks.get(subject.network).manifest
        try:
            opened = await self.caller.open(item.workspace_id, profile_id)
        except ParleyError as error:
            await self.failed(item, profile_id, manifest.streams[0], error)
            return
        beginning = Beginning(
            account=opened.access.account,
            scopes=opened.scopes,
            streams=manifest.streams,
            push=manifest.push,
        )
        async with self.database.begin(item.workspace_id) as tx:
            await begin_reading(tx, profile_id, beginning)
            await tx.finish(item)

    async def read(self, item: WorkItem) -> None:
        """Poll one stream from where we are to its end."""
        profile_id, stream = of_read_key(item.key)
        subject = await self.subject(item, profile_id)
        if subject is None:
            return
        async with self.database.read(item.workspace_id) as read:
            cursor = await cursor_of(read, profile_id, stream)
        try:
            await self._pages(item, subject, stream, cursor)
        except ParleyError as error:
            await self.failed(item, profile_id, stream, error)

    async def _pages(
        self, item: WorkItem, subject: Subject, stream: str, cursor: str | None
    ) -> None:
        connector, profile_id = self.caller.networks.get(subject.network), subject.profile_id
        for number in range(_PAGES):
            page = await self._page(item, subject, stream, cursor)
            async with self.database.begin(item.workspace_id) as tx:
                await tx.hold(item)
                push = connector.manifest.push
                due_at = await take_page(tx, profile_id, stream, page, push, self.pace)
                is_last = due_at > tx.now or number + 1 == _PAGES
                if is_last:
                    await tx.repeat(item, due_at=due_at)
            if is_last:
                return
            cursor = page.cursor

    async def _page(
        self, item: WorkItem, subject: Subject, stream: str, cursor: str | None
    ) -> Page:
        connector = self.caller.networks.get(subject.network)

        def poll(access: Access) -> Awaitable[Page]:
            return connector.poll(access, stream, cursor)

        return await self.in_time(self.caller.call(item.workspace_id, subject.profile_id, poll))

    async def subscribe(self, item: WorkItem) -> None:
        """Have the network call our webhook address, and renew that from time to time."""
        profile_id = UUID(item.key)
        subject = await self.subject(item, profile_id)
        if subject is None:
            return
        connector = self.caller.networks.get(subject.network)
        url = f"{self.hooks_url.rstrip('/')}/{subject.network}/{profile_id}"

        def ask(access: Access) -> Awaitable[None]:
            secret, handshake = self.secrets.of(profile_id)[0], self.secrets.handshake(profile_id)
            return connector.subscribe(access, url, secret, handshake)

        try:
            await self.in_time(self.caller.call(item.workspace_id, profile_id, ask))
        except ParleyError as error:
            await self.failed(item, profile_id, PUSH, error)
            return
        async with self.database.begin(item.workspace_id) as tx:
            await stream_works(tx, profile_id, PUSH)
            await poll_again(tx, profile_id, connector.manifest.streams)
            await tx.repeat(item, due_at=tx.now + self.pace.subscribe)


def reading_work(reading: Reading) -> tuple[WorkKind, ...]:
    return (
        WorkKind(START, reading.start),
        WorkKind(READ, reading.read, concurrency=16),
        WorkKind(SUBSCRIBE, reading.subscribe),
    )
