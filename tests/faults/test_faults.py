"""Under load everything is killed, halted, cut off and robbed of its disk: each thing stays one."""

import pytest

from shared.settings import BusKind
from tests.faults.reader import Outcome
from tests.faults.walk import faults_of, walk
from tests.support.kafka import require_kafka
from tests.support.small_disk import require_small_disk

pytestmark = [pytest.mark.faults, pytest.mark.processes, pytest.mark.timeout(600)]

# What a wrong reading of the facts would leave out without anybody's noticing.
_EVERYTHING = {"webhook", "reply", "post", "effect", "stream", "ticket", "number"}


@pytest.mark.parametrize(
    "bus", [BusKind.POSTGRES, pytest.param(BusKind.KAFKA, marks=pytest.mark.kafka)]
)
async def test_nothing_is_lost_or_doubled(bus: BusKind, capsys: pytest.CaptureFixture[str]) -> None:
    if bus is BusKind.KAFKA:
        require_kafka()
    require_small_disk()

    def say(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}", end="")  # noqa: T201 - a long test says how far it is

    done = await walk(bus, faults_of(bus), say)

    assert done.wrong == []
    kinds = {fact.kind for fact in done.facts if fact.outcome is Outcome.KEPT}
    assert kinds >= _EVERYTHING
    assert done.resumed > 0
