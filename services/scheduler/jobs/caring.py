"""Looks after what is planned: what profiles can take, whether they still open, what got lost."""

from datetime import timedelta
from uuid import UUID

import structlog

from services.scheduler.commands.copies import LEARN, remember_account
from services.scheduler.commands.plan import WATCH
from services.scheduler.commands.risk import CHECK, note_risk, to_check
from services.scheduler.commands.telling import RESTATE, restate_publications
from services.scheduler.commands.watch import watch
from services.scheduler.jobs.publishing import Tools
from services.scheduler.queries.profiles import network_of
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind
from shared.errors import NotFoundError, ParleyError
from shared.networks.errors import AuthRevokedError, NetworkError, Outcome
from shared.networks.types import Access
from shared.service.restating import restating

log = structlog.get_logger()
_AGAIN = timedelta(minutes=10)
_LAST_LOOK = timedelta(minutes=5)


def caring_work(tools: Tools) -> list[WorkKind]:
    carer = Carer(tools)
    return [
        WorkKind(LEARN, carer.learn),
        WorkKind(CHECK, carer.check),
        WorkKind(WATCH, carer.watch),
        restating(tools.database, RESTATE, restate_publications),
    ]


class Carer:
    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._database = tools.database

    async def learn(self, item: WorkItem) -> None:
        """Read what the account of a profile can do."""
        try:
            opened = await self._tools.caller.open(item.workspace_id, UUID(item.key))
        except AuthRevokedError:
            # Nothing opens it: a person connects it again, and then we hear of it.
            async with self._database.begin(item.workspace_id) as tx:
                await tx.finish(item)
            return
        async with self._database.begin(item.workspace_id) as tx:
            await remember_account(tx, item, opened)

    async def check(self, item: WorkItem) -> None:
        """Find a dead token hours before it is needed."""
        async with self._database.begin(item.workspace_id) as tx:
            one = await to_check(tx, item)
        if one is None or one.due_at is None:
            return
        code, detail, wait = await self._look(item, one.profile_id)
        async with self._database.begin(item.workspace_id) as tx:
            if wait is None:
                await note_risk(tx, one.id, code, detail)
            next_look = tx.now + (wait or self._tools.rules.recheck)
            if next_look <= one.due_at - _LAST_LOOK:
                await tx.repeat(item, due_at=next_look)
            else:
                await tx.finish(item)

    async def _look(
        self, item: WorkItem, profile_id: UUID
    ) -> tuple[str | None, str, timedelta | None]:
        """What is wrong with the profile, or how long to wait before asking again."""
        tools = self._tools
        try:
            async with self._database.read(item.workspace_id) as read:
                network = await network_of(read, profile_id)
            connector = tools.rules.networks.get(network)

            async def inspect(access: Access) -> str:
                return "; ".join((await connector.inspect(access)).problems)

            problems = await tools.caller.call(item.workspace_id, profile_id, inspect)
        except NetworkError as error:
            if error.outcome is Outcome.NEEDS_PERSON:
                return error.code, error.detail, None
            return None, "", _AGAIN
        except NotFoundError as error:
            return error.code, error.detail, None
        except ParleyError:
            return None, "", _AGAIN
        return ("scheduler.profile_problem" if problems else None), problems, None

    async def watch(self, item: WorkItem) -> None:
        async with self._database.begin(item.workspace_id) as tx:
            for publication_id in await watch(tx, item):
                log.warning("scheduler.brought_back", publication_id=str(publication_id))
