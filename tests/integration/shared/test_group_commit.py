"""Many callers, few commits, and everybody gets their own answer."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest

from shared.db.database import Database
from shared.db.group_commit import GroupCommit, QueueFullError
from shared.db.transaction import Tx
from shared.ids import new_id
from tests.integration.shared.conftest import count, member_saved

COUNT = "SELECT count(*) FROM outbox"


class Store:
    """Publishes one event for each name; `refused` is a name that breaks its batch."""

    def __init__(self, refused: str = "") -> None:
        self.batches: list[list[str]] = []
        self.refused = refused

    async def __call__(self, tx: Tx, names: Sequence[str]) -> list[str]:
        self.batches.append(list(names))
        await tx.publish(*(member_saved(tx.workspace_id, name) for name in names))
        if self.refused in names:
            raise ValueError(self.refused)
        return [name.upper() for name in names]


async def test_what_arrives_together_is_committed_together(
    team_directory: Database, workspace_id: UUID
) -> None:
    store = Store()
    group = GroupCommit(team_directory, store)
    names = [f"n{number}" for number in range(50)]
    results = await asyncio.gather(*(group.add(workspace_id, name) for name in names))
    assert results == [name.upper() for name in names]
    assert store.batches == [names]
    assert await count(team_directory, COUNT) == 50


async def test_a_failure_reaches_its_whole_batch_and_nobody_else(
    team_directory: Database, workspace_id: UUID
) -> None:
    store = Store(refused="bad")
    group = GroupCommit(team_directory, store)
    adding = [group.add(workspace_id, name) for name in ("good", "bad")]
    elsewhere = group.add(new_id(), "other")
    results = await asyncio.gather(*adding, elsewhere, return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, ValueError, str]
    assert await group.add(workspace_id, "later") == "LATER"
    assert await count(team_directory, COUNT) == 2


async def test_a_caller_that_gives_up_takes_nobody_along(
    team_directory: Database, workspace_id: UUID
) -> None:
    group = GroupCommit(team_directory, Store())
    impatient = asyncio.create_task(group.add(workspace_id, "gone"))
    patient = asyncio.create_task(group.add(workspace_id, "here"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == "HERE"
    await group.close()
    assert await count(team_directory, COUNT) == 2


async def test_more_than_can_wait_is_sent_back(
    team_directory: Database, workspace_id: UUID
) -> None:
    group = GroupCommit(team_directory, Store(), queue=1)
    first = asyncio.create_task(group.add(workspace_id, "first"))
    await asyncio.sleep(0)
    with pytest.raises(QueueFullError):
        await group.add(workspace_id, "second")
    assert await first == "FIRST"
