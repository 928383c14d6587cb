"""Pages of posts while posts are written: each is shown once."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from tests.integration.scheduler.bench import Bench, Json
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned


@settings(
    max_examples=12,
    deadline=None,
    # Each example has a workspace of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, turns=TURNS)
async def test_posts(bench: Bench, rows: list[int], turns: list[Turn]) -> None:
    bench = Bench(bench.hand, bench.clock)
    await bench.profile(bench.profile_id)

    async def arrive(moment: int) -> str:
        """Many are written in the same moment."""
        bench.clock.advance(timedelta(seconds=moment // 3))
        return str((await bench.draft())["id"])

    async def page(params: Json) -> Json:
        answer = await bench.try_to("GET", "/posts", params=params)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    there = []
    for moment in rows:
        id_ = await arrive(moment)
        there.append((bench.clock.now(), id_))
    shown = await turned(page, arrive, turns)
    assert_each_once(shown, [id_ for _, id_ in sorted(there, reverse=True)])
