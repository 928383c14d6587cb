"""Pages of posts and pictures while both grow: each is shown once."""

import io
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from PIL import Image

from tests.integration.scheduler.bench import Bench, Json
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned

once_for_all = settings(
    max_examples=12,
    deadline=None,
    # Each example has a workspace of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    return out.getvalue()


async def assert_pages(
    bench: Bench,
    path: str,
    add: Callable[[], Awaitable[Json]],
    rows: Sequence[int],
    turns: Sequence[Turn],
) -> None:
    """The newest come first, and many come in the same moment."""

    async def arrive(moment: int) -> str:
        bench.clock.advance(timedelta(seconds=moment // 3))
        return str((await add())["id"])

    async def page(params: Json) -> Json:
        answer = await bench.try_to("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    there = []
    for moment in rows:
        id_ = await arrive(moment)
        there.append((bench.clock.now(), id_))
    shown = await turned(page, arrive, turns)
    assert_each_once(shown, [id_ for _, id_ in sorted(there, reverse=True)])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_posts(bench: Bench, rows: list[int], turns: list[Turn]) -> None:
    bench = Bench(bench.hand, bench.clock)
    await bench.profile(bench.profile_id)
    await assert_pages(bench, "/posts", bench.draft, rows, turns)


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_pictures(bench: Bench, rows: list[int], turns: list[Turn]) -> None:
    bench = Bench(bench.hand, bench.clock)

    async def upload() -> Json:
        answer = await bench.try_to("POST", "/media", content=picture())
        assert answer.status_code == 201, answer.text
        found: Json = answer.json()
        return found

    await assert_pages(bench, "/media", upload, rows, turns)
