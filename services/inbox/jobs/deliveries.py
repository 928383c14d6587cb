"""Handling what was stored: one profile by one worker at a time, batch by batch."""

from collections.abc import Sequence
from uuid import UUID

import structlog

from services.inbox.commands.handle.batch import (
    Normalize,
    Progress,
    handle_waiting,
    next_waiting,
    set_aside,
)
from services.inbox.commands.handle.intake import Subject
from services.inbox.commands.receive import HANDLE
from services.inbox.domain.raw import UNPARSED
from services.inbox.queries.readers import find_subject
from shared.db.database import Database, is_transient
from shared.db.transaction import LeaseLostError, WorkItem
from shared.db.work import WorkKind
from shared.networks.connector import Connector
from shared.networks.types import Account, Change, RawDelivery
from shared.profiles.access import Networks

log = structlog.get_logger()

BATCH = 200


class Handling:
    def __init__(self, database: Database, networks: Networks) -> None:
        self._database = database
        self._networks = networks

    async def handle(self, item: WorkItem) -> None:
        """Handle until nothing waits any longer, looking once more before letting go."""
        profile_id = UUID(item.key)
        async with self._database.read(item.workspace_id) as read:
            found = await find_subject(read, profile_id)
        if found is None:
            raise LookupError(f"Deliveries have come for the unknown profile {profile_id}.")
        subject = Subject(profile_id=profile_id, network=found.network)
        normalize = _reader(self._networks.get(found.network), found.account)
        while not await self._is_done(item, profile_id):
            try:
                await self._batch(item, subject, normalize, BATCH)
            except Exception as error:
                if isinstance(error, LeaseLostError) or is_transient(error):
                    raise
                log.warning("inbox.batch_failed", profile_id=item.key, error=repr(error))
                await self._one_by_one(item, subject, normalize)

    async def _batch(
        self, item: WorkItem, subject: Subject, normalize: Normalize, limit: int
    ) -> Progress:
        async with self._database.begin(item.workspace_id) as tx:
            progress = await handle_waiting(tx, subject, normalize, limit)
            await tx.hold(item)
        return progress

    async def _one_by_one(self, item: WorkItem, subject: Subject, normalize: Normalize) -> None:
        """The batch that failed, each delivery for itself, so that only the culprit stops."""
        for _ in range(BATCH):
            try:
                progress = await self._batch(item, subject, normalize, 1)
            except Exception as error:
                if isinstance(error, LeaseLostError) or is_transient(error):
                    raise
                await self._set_aside(item, subject.profile_id, error)
            else:
                if not progress.taken:
                    return

    async def _set_aside(self, item: WorkItem, profile_id: UUID, error: Exception) -> None:
        async with self._database.begin(item.workspace_id) as tx:
            culprit = await next_waiting(tx, profile_id)
            if culprit is not None:
                log.error("inbox.delivery_not_handled", delivery_id=str(culprit), exc_info=error)
                detail = f"{type(error).__name__}: {error}"[:1000]
                await set_aside(tx, profile_id, culprit, detail)
            await tx.hold(item)

    async def _is_done(self, item: WorkItem, profile_id: UUID) -> bool:
        async with self._database.begin(item.workspace_id) as tx:
            # From here on nobody adds unseen: whoever stores waits for this transaction.
            await tx.hold(item)
            if await next_waiting(tx, profile_id) is not None:
                return False
            await tx.finish(item)
        return True


def _reader(connector: Connector, account: Account) -> Normalize:
    def normalize(delivery: RawDelivery) -> Sequence[Change]:
        if delivery.kind != UNPARSED:
            return connector.normalize(delivery, account)
        parts = connector.parse_webhook(str(delivery.body["text"]).encode())
        return [change for part in parts for change in connector.normalize(part, account)]

    return normalize


def delivery_work(database: Database, networks: Networks) -> tuple[WorkKind, ...]:
    handling = Handling(database, networks)
    return (WorkKind(HANDLE, handling.handle),)
