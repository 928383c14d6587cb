"""The inbound ledger as Prometheus gauges, summed over all workspaces that there are."""

import asyncio
from collections import Counter

import structlog
from prometheus_client import Gauge

from services.inbox.queries.health import ledger_sums, workspaces_with_profiles
from shared.db.database import Database, is_transient

log = structlog.get_logger()

LEDGER = Gauge(
    "parley_inbox_ledger",
    "Deliveries by what became of them: received - repeated = stored = handled + failed + ...",
    ["step"],
)
_EVERY_SECONDS = 30.0


async def refresh_ledger(database: Database) -> None:
    """Read every workspace's sums; each is seen only from inside."""
    async with database.read() as read:
        workspaces = await workspaces_with_profiles(read)
    sums: Counter[str] = Counter()
    for workspace_id in workspaces:
        async with database.read(workspace_id) as read:
            sums.update(await ledger_sums(read))
    for step, number in sums.items():
        LEDGER.labels(step).set(number)


async def keep_ledger_fresh(database: Database) -> None:
    while True:
        try:
            await refresh_ledger(database)
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("inbox.ledger_gauges_stale")
        await asyncio.sleep(_EVERY_SECONDS)
