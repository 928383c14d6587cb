"""Whatever breaks at whatever point, every event arrives, under one `webhook-id`."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typing_extensions import override

from services.team_directory.commands.deliver import deliver
from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.ports import Partners, Tools
from services.team_directory.domain.webhooks import Outcome, message_name
from shared.clock import Clock, ManualClock
from shared.db.transaction import LeaseLostError, WorkItem
from shared.db.work import LEASE, Worker
from tests.integration.team_directory.webhooks.scene import Scene


class Fate(StrEnum):
    """What happens to one call."""

    ARRIVES = "arrives"
    REFUSED = "refused"
    # It arrived, and the answer did not.
    UNHEARD = "unheard"
    # The process ends before, or after, the request has left.
    DIES_BEFORE = "dies_before"
    DIES_AFTER = "dies_after"
    # The process sleeps past its lease, and another one takes the endpoint over.
    OVERSLEEPS = "oversleeps"


class ProcessDiedError(BaseException):
    """Not an Exception, so that nothing in between handles it."""


@dataclass(slots=True)
class FatefulPartner(Partners):
    """Writes down what reached it; every call has the next fate, and a good one in the end."""

    clock: Clock
    fates: list[Fate]
    arrived: list[tuple[str, bytes]] = field(default_factory=list)

    @override
    def admit(self, url: str) -> None: ...

    @override
    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        fate = self.fates.pop(0) if self.fates else Fate.ARRIVES
        if fate is Fate.DIES_BEFORE:
            raise ProcessDiedError
        if fate is not Fate.REFUSED:
            self.arrived.append((headers["webhook-id"], body))
        if fate is Fate.DIES_AFTER:
            raise ProcessDiedError
        at = self.clock.now()
        if fate in (Fate.ARRIVES, Fate.OVERSLEEPS):
            return Outcome(at, 1, status=200)
        return (
            Outcome(at, 1, status=500) if fate is Fate.REFUSED else Outcome(at, 1, code="timeout")
        )


@dataclass(slots=True)
class Process:
    """Workers that take the endpoint up, one after another."""

    worker: Worker
    tools: Tools
    partner: FatefulPartner
    clock: ManualClock

    async def turn(self) -> bool:
        """Take up one item, if any is due, and live or die with it."""
        items = await self.worker.claim(1)
        for item in items:
            try:
                await self._deliver(item)
            except ProcessDiedError:
                self.clock.advance(LEASE)
        return bool(items)

    async def _deliver(self, item: WorkItem) -> None:
        """The lease of who oversleeps is another's by the time of waking up."""
        database = self.worker._database  # noqa: SLF001 -- the worker's own, as its handler has it.
        if Fate.OVERSLEEPS not in self.partner.fates[:1]:
            await deliver(database, self.tools, item)
            return
        stolen = replace(item, fence=item.fence - 1)
        try:
            await deliver(database, self.tools, stolen)
        except LeaseLostError:
            self.clock.advance(LEASE)
        else:
            raise AssertionError("Who has lost the lease must not write anything down.")


@given(
    fates=st.lists(st.sampled_from(Fate), max_size=8),
    batches=st.lists(st.integers(1, 3), min_size=1, max_size=3),
)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_every_event_arrives_under_one_id_whatever_breaks(
    scene: Scene, clock: ManualClock, fates: list[Fate], batches: list[int]
) -> None:
    service = scene.directory.service
    partner = FatefulPartner(clock, fates)
    tools = replace(service.app.state.tools, partners=partner)
    worker = next(it for it in service.workers if it.name == DELIVER)
    process = Process(worker, tools, partner, clock)
    endpoint = await scene.create()
    told: list[UUID] = []
    for number in batches:
        told += await scene.tell(*(scene.received(str(it)) for it in range(number)))
        await process.turn()
    for _ in range(40):
        clock.advance(timedelta(hours=3))
        while await process.turn():
            pass
    log = await scene.log(endpoint, "?limit=200")
    assert {it["state"] for it in log} == {"delivered"}
    expected = {message_name(it) for it in told}
    assert {it["webhook_id"] for it in log} == expected
    assert {name for name, _ in partner.arrived} == expected
    assert Counter(name for name, _ in set(partner.arrived)) == Counter(expected)
    await scene.do("DELETE", f"/{endpoint['id']}")
