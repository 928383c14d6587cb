import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from shared.networks.errors import AuthRevokedError
from shared.networks.refresh import Refresher, renewed
from shared.networks.types import Credentials

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Network:
    """Counts how often it was asked and answers when told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer = asyncio.Event()

    async def refresh(self) -> Credentials:
        self.asked += 1
        await self.answer.wait()
        return Credentials(data={"number": self.asked})


async def _settled(*tasks: "asyncio.Task[Credentials]") -> None:
    # One turn of the loop lets every task reach the point where it waits.
    for _ in tasks:
        await asyncio.sleep(0)


async def test_those_who_come_together_share_one_refresh() -> None:
    network, refresher = Network(), Refresher()
    tasks = [asyncio.create_task(refresher.refresh("profile", network.refresh)) for _ in range(5)]
    await _settled(*tasks)
    network.answer.set()
    assert [one.data for one in await asyncio.gather(*tasks)] == [{"number": 1}] * 5
    assert (await refresher.refresh("profile", network.refresh)).data == {"number": 2}


async def test_credentials_of_others_do_not_wait() -> None:
    network, other, refresher = Network(), Network(), Refresher()
    waiting = asyncio.create_task(refresher.refresh("one", network.refresh))
    await _settled(waiting)
    other.answer.set()
    await refresher.refresh("two", other.refresh)
    assert not waiting.done()
    network.answer.set()
    await waiting


async def test_one_who_gives_up_does_not_take_the_refresh_along() -> None:
    network, refresher = Network(), Refresher()
    tasks = [asyncio.create_task(refresher.refresh("profile", network.refresh)) for _ in range(2)]
    await _settled(*tasks)
    tasks[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
    network.answer.set()
    assert (await tasks[1]).data == {"number": 1}


async def test_after_a_failure_the_next_one_asks_again() -> None:
    network, refresher = Network(), Refresher()
    network.answer.set()

    async def fail() -> Credentials:
        raise AuthRevokedError

    with pytest.raises(AuthRevokedError):
        await refresher.refresh("profile", fail)
    assert (await refresher.refresh("profile", network.refresh)).data == {"number": 1}


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_never_replaces_one_that_we_have(empty: str | None) -> None:
    old = {"access": "a1", "refresh": "r1"}
    assert renewed(old, {"access": "a2", "refresh": empty}) == {"access": "a2", "refresh": "r1"}
    assert renewed(old, {"access": "a2"}) == {"access": "a2", "refresh": "r1"}
    assert renewed(old, {"refresh": "r2"}) == {"access": "a1", "refresh": "r2"}


@pytest.mark.parametrize(
    ("minutes_left", "refreshable", "due"),
    [(60, True, False), (4, True, True), (-60, True, True), (4, False, False)],
)
def test_a_token_is_renewed_shortly_before_its_end(
    minutes_left: int, refreshable: bool, due: bool
) -> None:
    end = _NOW + timedelta(minutes=minutes_left)
    credentials = Credentials(data={}, expires_at=end, refreshable=refreshable)
    assert credentials.is_due(_NOW) is due


def test_credentials_keep_out_of_logs() -> None:
    assert "hunter2" not in repr(Credentials(data={"password": "hunter2"}))
