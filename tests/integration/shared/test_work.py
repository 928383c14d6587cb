"""Work items: due, leased, fenced, retried, woken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from shared.clock import ManualClock
from shared.db.database import Database
from shared.db.transaction import LeaseLostError, WorkItem
from shared.db.work import Worker, WorkKind, back_off

KIND = "ticketing.example"


def recorder(database: Database, done: list[str]) -> Worker:
    async def handle(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            await tx.finish(item)
        done.append(item.key)

    return Worker(database, WorkKind(KIND, handle, concurrency=1))


async def schedule(database: Database, workspace_id: UUID, key: str, **options: object) -> None:
    async with database.begin(workspace_id) as tx:
        await tx.schedule(KIND, key, **options)  # type: ignore[arg-type]  # Passed on as given.


async def test_due_work_is_done_once_urgent_first(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    done: list[str] = []
    await schedule(ticketing, workspace_id, "calm")
    await schedule(ticketing, workspace_id, "urgent", priority=5)
    await schedule(ticketing, workspace_id, "later", due_at=clock.now() + timedelta(hours=1))
    worker = recorder(ticketing, done)

    await worker.drain()
    await worker.drain()
    assert done == ["urgent", "calm"]

    clock.advance(timedelta(hours=1))
    await worker.drain()
    assert done == ["urgent", "calm", "later"]


async def test_a_worker_past_its_lease_cannot_finish(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    worker = recorder(ticketing, [])
    await schedule(ticketing, workspace_id, "a")
    (slow,) = await worker.claim()
    assert await worker.claim() == []

    clock.advance(timedelta(minutes=2))
    (quick,) = await worker.claim()
    assert quick.fence == slow.fence + 1
    with pytest.raises(LeaseLostError):
        async with ticketing.begin(workspace_id) as tx:
            await tx.finish(slow)
    async with ticketing.begin(workspace_id) as tx:
        await tx.finish(quick)


async def test_scheduling_again_fences_out_whoever_holds_the_item(
    ticketing: Database, workspace_id: UUID
) -> None:
    worker = recorder(ticketing, [])
    await schedule(ticketing, workspace_id, "a")
    (held,) = await worker.claim()
    await schedule(ticketing, workspace_id, "a")
    with pytest.raises(LeaseLostError):
        async with ticketing.begin(workspace_id) as tx:
            await tx.finish(held)
    assert [item.key for item in await worker.claim()] == ["a"]


async def test_failed_work_comes_back_later_and_later(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    tries: list[int] = []

    async def fail(item: WorkItem) -> None:
        tries.append(item.attempts)
        raise ValueError("The network said something odd.")

    worker = Worker(ticketing, WorkKind(KIND, fail))
    await schedule(ticketing, workspace_id, "a")
    await worker.drain()
    assert tries == [0]
    clock.advance(back_off(0))
    await worker.drain()
    assert tries == [0, 1]
    clock.advance(back_off(0))
    await worker.drain()
    assert tries == [0, 1]


async def test_two_workers_never_hold_the_same_item(
    ticketing: Database, workspace_id: UUID
) -> None:
    async with ticketing.begin(workspace_id) as tx:
        for number in range(40):
            await tx.schedule(KIND, str(number))
    workers = [recorder(ticketing, []) for _ in range(4)]
    claims = await asyncio.gather(*(worker.claim() for worker in workers for _ in range(10)))
    keys = [item.key for claim in claims for item in claim]
    assert sorted(keys) == sorted(map(str, range(40)))


async def test_a_running_worker_is_woken_by_the_commit(
    ticketing: Database, workspace_id: UUID
) -> None:
    taken = asyncio.Event()

    async def handle(item: WorkItem) -> None:
        async with ticketing.begin(item.workspace_id) as tx:
            await tx.finish(item)
        taken.set()

    running = asyncio.create_task(Worker(ticketing, WorkKind(KIND, handle)).run())
    try:
        await schedule(ticketing, workspace_id, "a")
        await asyncio.wait_for(taken.wait(), timeout=4)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_requested_work_stays_with_its_worker_and_is_not_overlooked(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    worker = recorder(ticketing, [])
    async with ticketing.begin(workspace_id) as tx:
        await tx.request(KIND, "a")
    (held,) = await worker.claim()

    clock.advance(timedelta(seconds=1))
    async with ticketing.begin(workspace_id) as adding:
        await adding.request(KIND, "a")
        assert await worker.claim() == []

        async def last_look() -> None:
            async with ticketing.begin(workspace_id) as tx:
                await tx.hold(held)
                await tx.finish(held)

        finishing = asyncio.create_task(last_look())
        done, _ = await asyncio.wait([finishing], timeout=0.2)
        assert not done, "The last look waits for what is being added."
    await finishing
    assert await worker.claim() == []

    async with ticketing.begin(workspace_id) as tx:
        await tx.request(KIND, "a")
    assert [item.key for item in await worker.claim()] == ["a"]


async def test_held_work_outlives_its_first_lease(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    worker = recorder(ticketing, [])
    await schedule(ticketing, workspace_id, "a")
    (held,) = await worker.claim()
    clock.advance(timedelta(seconds=10))
    async with ticketing.begin(workspace_id) as tx:
        await tx.hold(held)
    clock.advance(timedelta(seconds=10))
    assert await worker.claim() == []
    async with ticketing.begin(workspace_id) as tx:
        await tx.unschedule(KIND, "a")
    with pytest.raises(LeaseLostError):
        async with ticketing.begin(workspace_id) as tx:
            await tx.hold(held)


@asynccontextmanager
async def busy(ticketing: Database, workspace_id: UUID) -> AsyncIterator[Worker]:
    """A worker in the middle of a long turn."""
    begun = asyncio.Event()

    async def handle(_item: WorkItem) -> None:
        begun.set()
        await asyncio.Event().wait()

    worker = Worker(ticketing, WorkKind(KIND, handle))
    running = asyncio.create_task(worker.run())
    try:
        await schedule(ticketing, workspace_id, "long")
        async with asyncio.timeout(10):
            await begun.wait()
        yield worker
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_is_worked_on_stays_held_as_long_as_its_process_lives(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    other = recorder(ticketing, [])
    async with busy(ticketing, workspace_id) as worker:
        for _ in range(4):
            clock.advance(timedelta(seconds=10))
            await worker.renew()
        assert await other.claim() == []
    clock.advance(timedelta(seconds=15))
    (taken_over,) = await other.claim()
    assert taken_over.key == "long"


async def test_what_a_process_works_on_it_does_not_take_up_a_second_time(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    other = recorder(ticketing, [])
    async with busy(ticketing, workspace_id) as worker:
        clock.advance(timedelta(minutes=1))  # As when the database was away meanwhile.
        assert await worker.claim() == []
        (taken_over,) = await other.claim()
        await worker.renew()  # It is too late for that.
        async with ticketing.begin(workspace_id) as tx:
            await tx.finish(taken_over)


async def test_a_turn_that_hangs_is_broken_off_and_comes_again(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    async def hang(_item: WorkItem) -> None:
        await asyncio.Event().wait()

    await schedule(ticketing, workspace_id, "a")
    assert await Worker(ticketing, WorkKind(KIND, hang, limit=timedelta(seconds=0.05))).drain() == 1
    clock.advance(timedelta(seconds=1))
    (again,) = await recorder(ticketing, []).claim()
    assert again.attempts == 1


async def test_repeated_work_begins_again_with_a_clean_record(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    worker = recorder(ticketing, [])
    await schedule(ticketing, workspace_id, "a")
    (first,) = await worker.claim()
    async with ticketing.begin(workspace_id) as tx:
        await tx.retry(first, due_at=clock.now())
    (second,) = await worker.claim()
    assert second.attempts == 1
    async with ticketing.begin(workspace_id) as tx:
        await tx.repeat(second, due_at=clock.now() + timedelta(minutes=1))
    assert await worker.claim() == []
    clock.advance(timedelta(minutes=1))
    (third,) = await worker.claim()
    assert third.attempts == 0


async def test_a_worker_that_slept_does_not_take_a_later_item_of_the_same_key_for_its_own(
    ticketing: Database, workspace_id: UUID, clock: ManualClock
) -> None:
    worker = recorder(ticketing, [])
    await schedule(ticketing, workspace_id, "a")
    (slow,) = await worker.claim()
    async with ticketing.begin(workspace_id) as tx:
        await tx.unschedule(KIND, "a")
    clock.advance(timedelta(seconds=1))
    await schedule(ticketing, workspace_id, "a")
    (quick,) = await worker.claim()

    with pytest.raises(LeaseLostError):
        async with ticketing.begin(workspace_id) as tx:
            await tx.finish(slow)
    async with ticketing.begin(workspace_id) as tx:
        await tx.finish(quick)


async def test_a_slow_item_holds_up_no_other(ticketing: Database, workspace_id: UUID) -> None:
    slow, done = asyncio.Event(), asyncio.Queue[str]()

    async def handle(item: WorkItem) -> None:
        if item.key == "slow":
            await slow.wait()
        async with ticketing.begin(item.workspace_id) as tx:
            await tx.finish(item)
        await done.put(item.key)

    worker = Worker(ticketing, WorkKind(KIND, handle, concurrency=2))
    running = asyncio.create_task(worker.run())
    try:
        await schedule(ticketing, workspace_id, "slow", priority=5)
        async with asyncio.timeout(10):
            for key in ("a", "b", "c"):
                await schedule(ticketing, workspace_id, key)
                assert await done.get() == key
            slow.set()
            assert await done.get() == "slow"
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_no_more_is_taken_up_than_there_are_places(
    ticketing: Database, workspace_id: UUID
) -> None:
    busy, most, go = 0, 0, asyncio.Semaphore(0)
    done = asyncio.Queue[str]()

    async def handle(item: WorkItem) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await go.acquire()
        async with ticketing.begin(item.workspace_id) as tx:
            await tx.finish(item)
        busy -= 1
        await done.put(item.key)

    for number in range(6):
        await schedule(ticketing, workspace_id, str(number))
    running = asyncio.create_task(Worker(ticketing, WorkKind(KIND, handle, concurrency=2)).run())
    try:
        async with asyncio.timeout(10):
            keys = set()
            for _ in range(6):
                go.release()
                keys.add(await done.get())
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert (len(keys), most) == (6, 2)
