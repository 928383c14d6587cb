"""How many events of conversations analytics takes in, beside a program that only stores them."""

from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks.analytics import running_analytics
from benchmarks.contest import Contestant, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.log import Log, drain
from benchmarks.scenarios.analytics_consumer_bare import bare_counter
from benchmarks.stories import Author, as_record
from benchmarks.world import World
from shared.collector import calm_collector
from shared.messaging.bus import Record

_ROUNDS = 4
_EVENTS = 15_000
_NAME = "analytics consumer"
_BASELINE = "asyncpg: dedupe, keep and add up, no measuring"


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_analytics_consumer")
    logs = [iter(_backlogs(seed)) for seed in (1, 2)]
    async with running_analytics(urls) as service, bare_counter(urls) as bare:

        async def ours() -> Turned:
            return Turned(await drain(service.consumer, next(logs[0])))

        async def theirs() -> Turned:
            return Turned(await bare.drain(next(logs[1])))

        scores = await in_turn(
            Contestant("ours", ours, world.processes),
            Contestant("bare", theirs, world.processes),
            rounds=_ROUNDS,
        )
    us, them = scores["ours"], scores["bare"]
    return [
        Figure(
            name=f"{_NAME}: one process",
            value=us.rate,
            unit="events/s",
            baseline=_BASELINE,
            ratio=us.rate / them.rate,
            target=Target(10_000),
        ),
        *(
            Figure(
                name=f"{_NAME}: processor, {process}",
                value=us.cpu_of(process),
                unit="µs/event",
                baseline=_BASELINE,
                ratio=us.cpu_of(process) / them.cpu_of(process),
            )
            for process in world.processes
        ),
    ]


def _backlogs(seed: int) -> list[Log]:
    """One for each round and the warming up, told before anything is measured."""
    records = _records(seed)
    logs = []
    for _ in range(_ROUNDS + 1):
        log = Log()
        log.append(islice(records, _EVENTS))
        logs.append(log)
    # What was prepared is none of the service's memory, and its collector shall not walk it.
    calm_collector()
    return logs


def _records(seed: int) -> Iterator[Record]:
    return (as_record(one, number) for number, one in enumerate(Author(seed).tell()))
