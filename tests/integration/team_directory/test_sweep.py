"""What is over is removed by itself."""

from datetime import timedelta

from sqlalchemy import text

from services.team_directory.commands.sweep import SWEEP
from shared.clock import ManualClock
from tests.support.team_directory import DirectoryHand, Somebody
from tests.support.tidings import Tidings


async def _count(directory: DirectoryHand, owner: Somebody, table: str) -> int:
    async with directory.service.database.read(owner.workspace_id) as read:
        rows = await read.all(text(f"SELECT 1 FROM {table}"))  # noqa: S608 -- a name of ours.
    return len(rows)


async def test_an_attempt_to_connect_that_nobody_finished_disappears(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    begun = await directory.call(owner, "POST", "/profiles", {"network": "sandbox"})
    assert begun.json()["authorize_url"]
    await directory.drain(SWEEP)
    assert await _count(directory, owner, "profiles") == 1
    clock.advance(timedelta(hours=1, seconds=1))
    assert await directory.drain(SWEEP) == 1
    assert await _count(directory, owner, "profiles") == 0
    assert await _count(directory, owner, "connection_attempts") == 0


async def test_sessions_limits_and_links_that_are_over_disappear(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    ben = await directory.join(owner, "copywriter")
    await directory.call(owner, "POST", f"/members/{ben.id}/password-reset")
    await directory.log_in(password="wrong")
    before = {"sessions": 2, "session_tokens": 2, "throttles": 4, "password_resets": 1}
    for table, number in before.items():
        assert await _count(directory, owner, table) == number, table
    clock.advance(timedelta(days=14))
    assert await directory.drain(SWEEP) == 1
    for table in before:
        assert await _count(directory, owner, table) == 0, table


async def test_replaced_tokens_are_remembered_for_a_week(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    clock.advance(timedelta(minutes=15))
    successor = (await directory.resolve(owner.token)).json()["rotated_token"]
    await directory.resolve(successor)
    clock.advance(timedelta(days=7) - timedelta(seconds=1))
    await directory.drain(SWEEP)
    assert await _count(directory, owner, "session_tokens") == 2
    clock.advance(timedelta(hours=1))
    await directory.drain(SWEEP)
    assert await _count(directory, owner, "session_tokens") == 1
    assert (await directory.resolve(successor)).status_code == 200


async def test_notifications_are_kept_for_ninety_days(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    tidings = Tidings(directory, owner.workspace_id)
    await tidings.tell(tidings.assigned(owner))
    retention = directory.service.retention
    clock.advance(timedelta(days=90))
    await retention.sweep()
    assert await _count(directory, owner, "notifications") == 1
    clock.advance(timedelta(seconds=1))
    await retention.sweep()
    for table in ("notifications", "notification_subjects"):
        assert await _count(directory, owner, table) == 0, table
