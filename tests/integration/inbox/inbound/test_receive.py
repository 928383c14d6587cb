"""Deliveries are stored once, counted always, and handled by one worker at a time."""

from datetime import timedelta

from sqlalchemy import select

from services.inbox.commands.receive import HANDLE, Source
from services.inbox.models import Delivery
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from shared.db.retention import Kept, Retention
from shared.networks.types import RawDelivery
from tests.integration.inbox.inbound.conftest import Inbound
from tests.support.inbound import written


async def test_what_is_known_is_counted_and_not_stored_again(inbound: Inbound) -> None:
    first = await inbound.receive(written("a"), written("b"), written("a"))
    again = await inbound.receive(written("b"), written("c"), source=Source.POLL)
    assert (first.received, first.stored) == (3, 2)
    assert (again.received, again.stored) == (2, 1)
    ledger = await inbound.ledger()
    assert (ledger.received, ledger.repeated, ledger.stored) == (5, 2, 3)
    rows = await inbound.all(Delivery, Delivery.id)
    assert [(row.external_id, row.source, row.state) for row in rows] == [
        ("a@1", "webhook", "stored"),
        ("b@1", "webhook", "stored"),
        ("c@1", "poll", "stored"),
    ]


async def test_old_deliveries_go_once_they_are_handled(
    inbound: Inbound, clock: ManualClock
) -> None:
    await inbound.take(written("a"))
    await inbound.receive(written("waiting"))
    clock.advance(timedelta(days=91))
    await inbound.receive(written("new"))
    before = await inbound.ledger()
    await Retention(inbound.database, [Kept("deliveries", timedelta(days=90))]).sweep()
    rows = await inbound.all(Delivery, Delivery.id)
    assert [row.external_id for row in rows] == ["waiting@1", "new@1"]
    assert (await inbound.ledger()).stored == before.stored


async def test_new_deliveries_ask_for_one_worker(inbound: Inbound) -> None:
    seen = []
    for item in ("a", "b"):
        await inbound.receive(written(item))
        async with inbound.database.read() as read:
            rows = await read.all(select(work_items.c.kind, work_items.c.key, work_items.c.fence))
            seen.append([tuple(row) for row in rows])
    assert [row[:2] for row in seen[0]] == [(HANDLE, str(inbound.profile_id))]
    # The second one asks the same worker, and does not take the work away from it.
    assert seen[1] == seen[0]


async def test_what_only_a_read_back_brought_counts_as_a_filled_gap(inbound: Inbound) -> None:
    await inbound.receive(written("a"))
    await inbound.receive(written("a"), written("b"), source=Source.THREAD, fills_gap=True)
    assert (await inbound.ledger()).gaps_filled == 1


async def test_unprintable_deliveries_are_stored_all_the_same(inbound: Inbound) -> None:
    strange = RawDelivery(
        external_id="x\0" + "y" * 3000, kind="item", body={"text": "a\0b\ud800", "n": float("nan")}
    )
    receipt = await inbound.receive(strange, written("a"))
    assert receipt.stored == 2
    assert (await inbound.receive(strange)).stored == 0


async def test_each_workspace_and_profile_keeps_its_own(inbound: Inbound) -> None:
    other = Inbound(inbound.database, inbound.workspace_id, inbound.subject.profile_id)
    elsewhere = Inbound(inbound.database, inbound.profile_id, inbound.profile_id)
    await inbound.receive(written("a"))
    assert (await other.receive(written("a"))).stored == 0
    assert (await elsewhere.receive(written("a"))).stored == 1
