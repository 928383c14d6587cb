"""What is old is deleted in every workspace, and nothing else is."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert, select

from shared.clock import ManualClock
from shared.db.database import Database
from shared.db.kernel_tables import dead_letters, idempotency_keys, outbox, processed_events
from shared.db.retention import IDEMPOTENCY_KEYS, Kept, Retention, kept_by_every_service
from shared.ids import new_id
from tests.integration.shared.conftest import START

RETENTION = timedelta(days=7)


def row(table: Table, name: str, age: timedelta) -> dict[str, Any]:
    """A row of this age; its name can be read back."""
    at = START - age
    record = {"topic": "t", "key": name, "headers": {}, "body": b"{}"}
    rows: dict[Table, dict[str, Any]] = {
        outbox: {"event_id": new_id(), "sent_at": at, "partition": 0, "offset": 1, **record},
        processed_events: {"consumer": name, "event_id": new_id(), "at": at},
        dead_letters: {
            "workspace_id": new_id(),
            "id": new_id(),
            "consumer": "c",
            "partition": 0,
            "offset": 1,
            "code": "x",
            "detail": "",
            "state": "discarded",
            "settled_at": at,
            **record,
        },
        idempotency_keys: {
            "workspace_id": new_id(),
            "actor_id": new_id(),
            "key": name,
            "fingerprint": "f",
            "status": 200,
            "body": b"",
            "at": at,
        },
    }
    return rows[table]


async def add(database: Database, table: Table, values: dict[str, Any]) -> None:
    async with database.begin(values.get("workspace_id", new_id())) as tx:
        await tx.session.execute(insert(table).values(values))


async def left(database: Database, table: Table, rows: list[dict[str, Any]]) -> set[str]:
    """The names of these rows that are still there, each looked for from its own workspace."""
    name = "consumer" if table is processed_events else "key"
    found = set()
    for each in rows:
        async with database.read(each.get("workspace_id", new_id())) as read:
            found |= {getattr(one, name) for one in await read.all(select(table.c[name]))}
    return found


@pytest.mark.parametrize(
    "table", [outbox, processed_events, dead_letters, idempotency_keys], ids=lambda it: it.name
)
async def test_only_what_is_old_goes(ticketing: Database, table: Table) -> None:
    (kept,) = (it for it in kept_by_every_service(RETENTION) if it.table == table.name)
    rows = [
        row(table, name, kept.age + distance)
        for name, distance in {
            "old": timedelta(seconds=1),
            "older": timedelta(days=400),
            "young": -timedelta(seconds=1),
        }.items()
    ]
    for each in rows:
        await add(ticketing, table, each)
    await Retention(ticketing, kept_by_every_service(RETENTION)).sweep()
    assert await left(ticketing, table, rows) == {"young"}


async def test_what_waits_stays_however_old_it_is(ticketing: Database, clock: ManualClock) -> None:
    unsent = row(outbox, "unsent", timedelta()) | {"sent_at": None, "offset": None}
    open_letter = row(dead_letters, "open", timedelta()) | {"state": "open", "settled_at": None}
    await add(ticketing, outbox, unsent)
    await add(ticketing, dead_letters, open_letter)
    clock.advance(timedelta(days=4000))
    await Retention(ticketing, kept_by_every_service(RETENTION)).sweep()
    assert await left(ticketing, outbox, [unsent]) == {"unsent"}
    assert await left(ticketing, dead_letters, [open_letter]) == {"open"}


async def test_an_event_is_known_as_handled_while_anything_can_bring_it_again() -> None:
    ages = {it.table: it.age for it in kept_by_every_service(timedelta(days=30))}
    assert ages["processed_events"] >= ages["outbox"] + 2 * timedelta(days=30)


async def test_more_than_one_batch_goes(ticketing: Database) -> None:
    async with ticketing.begin() as tx:
        await tx.session.execute(
            insert(processed_events),
            [row(processed_events, f"c{n}", timedelta(days=100)) for n in range(2500)],
        )
    await Retention(ticketing, [Kept("processed_events", IDEMPOTENCY_KEYS)]).sweep()
    assert await left(ticketing, processed_events, [{}]) == set()
