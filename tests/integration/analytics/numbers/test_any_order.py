"""Whatever order events come in, and however often: the same numbers, also by a recount."""

import random
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.analytics.commands import recount
from services.analytics.commands.count import SETTINGS
from shared.events.envelope import Envelope
from shared.events.scheduler import PublicationState
from shared.ids import new_id
from tests.integration.analytics.conftest import START
from tests.support.analytics_desk import AnalyticsDesk, Story

_DAY = 24 * 60


def _eventful() -> Story:
    """Two conversations, a publication, promises; the zone and the calendars change on the way."""
    story = Story(begin=START)
    first, second, other = new_id(), new_id(), new_id()
    story.zone(-10, "Europe/Berlin")
    story.calendar(-5, 9 * 60, 17 * 60)
    gone = story.customer(first, 0)
    story.customer(first, 2)
    story.removed(first, 3, gone)
    story.reply(first, 30, other)
    story.handled(first, 40)
    story.customer(first, 50)
    story.reopened(first, 51)
    story.reply(first, 600)
    story.handled(first, 700)
    story.customer(second, -_DAY, back_filled=True)
    story.customer(second, 10)
    story.reply(second, 11, automated=True)
    story.handled(second, 100)
    story.customer(second, 9 * _DAY)
    story.reopened(second, 9 * _DAY + 1)
    story.seen(second, 9 * _DAY + 30)
    story.calendar(5 * _DAY, 0, 12 * 60, story.profile_id)
    publication = new_id()
    story.publication(publication, 0, PublicationState.PENDING)
    story.publication(publication, 61, PublicationState.FAILED, reason="refused", by=None)
    story.publication(publication, 80, PublicationState.PENDING, due_at=story.at(90))
    story.publication(
        publication, 91, PublicationState.PUBLISHED, due_at=story.at(90), published_at=story.at(91)
    )
    ticket = new_id()
    story.promise(ticket, 10, met=False)
    story.promise(ticket, 9, met=True)
    story.promise(ticket, 30, met=False, run=2)
    story.zone(20, "America/New_York")
    return story


def _split(envelopes: list[Envelope], seed: int) -> list[list[Envelope]]:
    """Some of them twice, in any order, in batches of any size."""
    shuffled = [*envelopes, *random.Random(seed).sample(envelopes, len(envelopes) // 3)]  # noqa: S311 - an order, not a secret
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    batches: list[list[Envelope]] = [[]]
    for number, envelope in enumerate(shuffled):
        if batches[-1] and (seed + number) % 5 == 0:
            batches.append([])
        batches[-1].append(envelope)
    return batches


@settings(
    max_examples=8,
    deadline=None,
    # Explaining a failure traces every line, which takes longer than a test may.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    # The desk stays the same; each example has workspaces of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10_000))
async def test_any_order_gives_the_same_numbers(desk: AnalyticsDesk, seed: int) -> None:
    straight, crooked = _eventful(), _eventful()
    await desk.take(straight.envelopes)
    await desk.recount()
    for batch in _split(crooked.envelopes, seed):
        await desk.take(batch)
    await desk.recount()
    numbers = [await desk.numbers(story) for story in (straight, crooked)]
    assert numbers[0] == numbers[1]
    live = await desk.books(crooked.workspace_id)
    assert live["measurements"]
    async with desk.database.begin(crooked.workspace_id) as tx:
        await tx.schedule("analytics.recount", "all")
    await desk.recount()
    assert await desk.books(crooked.workspace_id) == live


async def test_what_is_told_while_counting_again_is_in_the_old_and_the_new_numbers(
    desk: AnalyticsDesk,
) -> None:
    story, after = _eventful(), _eventful()
    # What changes the settings would have everything counted once more.
    settled = [one for one in story.envelopes if isinstance(one.event, SETTINGS)]
    lively = [one for one in story.envelopes if one not in settled]
    await desk.take([*settled, *lively[:10]])
    async with desk.database.begin(story.workspace_id) as tx:
        await recount.request_recount(tx)
    (item,) = await desk.recounter.claim()
    async with desk.database.begin(story.workspace_id) as tx:
        generation = await recount.begin(tx, item)
    async with desk.database.begin(story.workspace_id) as tx:
        assert await recount.go_on(tx, item, generation, UUID(int=0)) is not None
    await desk.take(lively[10:])
    async with desk.database.begin(story.workspace_id) as tx:
        await recount.complete(tx, item, generation)
    told = await desk.numbers(story)
    await desk.take(after.envelopes)
    await desk.recount()
    assert told == await desk.numbers(after)
