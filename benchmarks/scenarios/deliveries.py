"""Stored deliveries becoming interactions, conversations, contacts and events, beside COPY."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from uuid import UUID

import asyncpg
import orjson

from benchmarks.comments import comment_told
from benchmarks.contest import Contestant, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.inbox import Inbox, add_profile, running_inbox
from benchmarks.scenarios.deliveries_bare import BareCopy, bare_copy
from benchmarks.world import World
from services.inbox.commands.receive import HANDLE, Arrival, Source, receive
from services.inbox.jobs.deliveries import BATCH, Handling
from shared.db.kernel_tables import work_items
from shared.db.transaction import WorkItem
from shared.db.work import LEASE

_ROUNDS = 4
_A_TURN = 4_000
_BASELINE = "COPY of the same rows, in as many transactions"


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_deliveries")
    connection = await asyncpg.connect(urls["admin"])
    async with running_inbox(urls) as inbox, bare_copy(urls, _A_TURN // BATCH) as copy:
        ours = _Handled(inbox, copy)
        for number in range(_ROUNDS + 2):
            await ours.add_waiting(connection, UUID(int=number + 1))
        # A table that has just been made tells the planner nothing; one of a running service does.
        await ours.turn()
        await connection.execute("ANALYZE")
        scores = await in_turn(
            Contestant("ours", ours.turn, world.processes),
            Contestant("copy", copy.turn),
            rounds=_ROUNDS,
        )
        handled = await connection.fetchval("SELECT count(*) FROM inbox.interactions")
    await connection.close()
    if handled != (_ROUNDS + 2) * _A_TURN:
        raise RuntimeError(f"Only {handled} deliveries became interactions.")
    what = "deliveries: a comment each, one profile"
    return [
        Figure(
            name=what,
            value=scores["ours"].rate,
            unit="handled/s",
            baseline=_BASELINE,
            ratio=scores["ours"].rate / scores["copy"].rate,
            target=Target(0.4, on_ratio=True),
        ),
        *(
            Figure(
                name=f"{what}, processor, {process}",
                value=scores["ours"].cpu_of(process),
                unit="µs/delivery",
            )
            for process in ("python", "postgres")
        ),
    ]


@dataclass(slots=True)
class _Handled:
    """The service's own work; each turn handles what waits in another workspace."""

    inbox: Inbox
    copy: BareCopy
    waiting: list[UUID] = field(default_factory=list)

    async def add_waiting(self, connection: asyncpg.Connection, workspace_id: UUID) -> None:
        """As many deliveries as a turn handles, stored; half of the people write twice."""
        await add_profile(connection, workspace_id, workspace_id)
        events = [comment_told(number, authors=_A_TURN // 2, posts=40) for number in range(_A_TURN)]
        connector = self.inbox.outside.networks.get("sandbox")
        told = connector.parse_webhook(orjson.dumps({"events": events}))
        arrival = Arrival(profile_id=workspace_id, source=Source.WEBHOOK, deliveries=told)
        async with self.inbox.service.database.begin(workspace_id) as tx:
            await receive(tx, [arrival])
        self.waiting.append(workspace_id)

    async def turn(self) -> Turned:
        database = self.inbox.service.database
        workspace_id = self.waiting.pop()
        async with database.begin(workspace_id) as tx:
            found = await tx.session.execute(
                work_items.select().where(work_items.c.workspace_id == workspace_id)
            )
            row = found.one()
        item = WorkItem(HANDLE, workspace_id, row.key, row.fence, 0, row.due_at, LEASE)
        started = perf_counter()
        await Handling(database, self.inbox.outside.networks).handle(item)
        seconds = perf_counter() - started
        self.copy.workspace_id = workspace_id
        return Turned(_A_TURN, seconds=seconds)
