import asyncio

import pytest

from shared.messaging.consumer import ConsumerStoppedError
from shared.service import process
from shared.service.process import keep_running


async def test_a_loop_that_fails_is_begun_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_FIRST_PAUSE", 0.001)
    runs: list[int] = []

    async def loop() -> None:
        runs.append(len(runs))
        if len(runs) < 3:
            raise ZeroDivisionError

    await asyncio.wait_for(keep_running("example", loop), timeout=5)
    assert runs == [0, 1, 2]


async def test_a_consumer_that_was_stopped_stays_stopped() -> None:
    runs: list[int] = []

    async def loop() -> None:
        runs.append(1)
        raise ConsumerStoppedError

    with pytest.raises(ConsumerStoppedError):
        await keep_running("consumer", loop)
    assert runs == [1]
