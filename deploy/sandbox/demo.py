"""The world of a first start: a fictional outdoor brand with eight weeks of history.

Times are relative to the start, so that the newest items are minutes old whenever it is shown.
People write when people write, in the evening more than at night, and the brand answers when it is
at work.
"""

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random

from deploy.sandbox.brands import Brands, Writing
from deploy.sandbox.model import AccountKind, Item, ItemKind, Media
from deploy.sandbox.phrases import ANSWERS, POSTS, Mood
from deploy.sandbox.refusals import RefusalError
from deploy.sandbox.scripts import Cast, Script
from deploy.sandbox.world import World

HISTORY = timedelta(weeks=8)
ACTS = 300
BRAND = "Alder & Finch"

_ACCOUNTS = (
    (AccountKind.FULL, "alderfinch", "Tents, packs and boots, repaired for life."),
    (AccountKind.MICROBLOG, "alderfinch_now", "Short news from the workshop."),
    (AccountKind.REVIEWS, "alderfinch_shop", "The shop in Harbour Street."),
)
_AD = "The Drift rain jacket. Ten years of guarantee, no small print."
# How busy each hour of a day is, in UTC; and a day of the weekend beside one of the week.
_BUSY = (2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 8, 8, 10, 9, 8, 8, 9, 11, 13, 14, 12, 9, 6, 3)
_WEEKEND = 0.55
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_OPENS, _CLOSES = 7, 20
_FRIDAY, _SATURDAY = 4, 5
# Minutes before the start at which somebody has just written, whatever the hour is.
_JUST_NOW = (55, 38, 21, 9, 3)
_UNANSWERED = timedelta(days=3)
# Words can be read on every machine, and rare kinds of items are to be seen, too.
_CAST = Cast(
    moods={mood: weight for mood, weight in Cast().moods.items() if mood is not Mood.EMOJI},
    kinds={**Cast().kinds, ItemKind.QUOTE: 4},
)


def build_demo(world: World, brands: Brands, script: Script, seed: int) -> None:
    """Fill an empty world. The clock is moved through the past and left where it was."""
    clock, rng = world.clock, Random(seed)  # noqa: S311 - repeatable on purpose
    now = clock.now()
    speed, cast = clock.speed, script.cast
    clock.freeze()
    script.populate()
    script.cast = _CAST
    accounts = [world.add_account(kind, BRAND, handle, about) for kind, handle, about in _ACCOUNTS]
    try:
        _Past(world, brands, script, rng).live_through()
    finally:
        script.cast = cast
        clock.set(now)
        clock.run(speed)
    for account in accounts:
        account.followers = rng.randrange(800, 48_000)
        account.following = account.followers // 40
        account.opened_at = now - HISTORY


class _Past:
    """Posts twice a week, what people say, and the answers, each when its time has come."""

    def __init__(self, world: World, brands: Brands, script: Script, rng: Random) -> None:
        self._world = world
        self._brands = brands
        self._script = script
        self._rng = rng
        self._end = world.clock.now()
        self._start = self._end - HISTORY
        self._order = count()
        self._waiting: list[tuple[datetime, int, Item]] = []

    def live_through(self) -> None:
        posts = self._posts()
        next_post = next(posts, None)
        self._advertise()
        for moment in self._moments():
            while next_post is not None and next_post[0] <= moment:
                self._publish(*next_post)
                next_post = next(posts, None)
            self._answer_until(moment)
            self._world.clock.set(moment)
            item = self._script.act()
            if item is not None:
                self._consider(item)
        self._answer_until(self._end)

    def _advertise(self) -> None:
        self._world.clock.set(self._start)
        main = next(iter(self._world.state.accounts.values()))
        ad_post = self._brands.publish(main.id, Writing(_AD, [_picture("drift")]))
        self._world.add_ad(main.id, "Drift rain jacket, autumn", ad_post.id)

    def _posts(self) -> Iterator[tuple[datetime, str]]:
        """At even distances, in the middle of the day."""
        for place, text in enumerate(POSTS):
            day = (self._start + place * HISTORY / len(POSTS)).replace(minute=0, second=0)
            yield max(self._start, day.replace(hour=self._rng.choice((8, 11, 16)))), text

    def _publish(self, moment: datetime, text: str) -> None:
        self._world.clock.set(moment + timedelta(seconds=self._rng.uniform(1, 5)))
        for account in self._world.state.accounts.values():
            if self._world.capabilities(account.id).publish:
                self._brands.publish(account.id, Writing(text, [_picture(text[:12])], None))

    def _moments(self) -> list[datetime]:
        """When somebody writes: more from week to week, and each day as days are."""
        hours = [self._start + place * _HOUR for place in range(int(HISTORY / _HOUR))]
        weights = [self._busy(hour) for hour in hours]
        chosen = self._rng.choices(hours, weights, k=ACTS - len(_JUST_NOW))
        moments = [hour + _HOUR * self._rng.random() for hour in chosen]
        return sorted([*moments, *(self._end - timedelta(minutes=ago) for ago in _JUST_NOW)])

    def _busy(self, hour: datetime) -> float:
        grown = 0.6 + 0.8 * ((hour - self._start) / HISTORY)
        return _BUSY[hour.hour] * grown * (_WEEKEND if hour.weekday() > _FRIDAY else 1)

    def _consider(self, item: Item) -> None:
        """Most of what is older is answered; the newest waits for the newcomer."""
        old = self._end - item.created_at > _UNANSWERED
        if self._rng.random() < (0.75 if old else 0.1):
            entry = (self._answered_at(item), next(self._order), item)
            heapq.heappush(self._waiting, entry)

    def _answered_at(self, item: Item) -> datetime:
        """Sooner from week to week; what comes at night or on a Sunday waits for the morning."""
        learned = (item.created_at - self._start) / HISTORY
        minutes = self._rng.lognormvariate(4.0 - 1.2 * learned, 0.8)
        moment = item.created_at + timedelta(minutes=minutes)
        while not (_OPENS <= moment.hour < _CLOSES and moment.weekday() <= _SATURDAY):
            morning = moment.replace(hour=_OPENS, minute=0) + _DAY * (moment.hour >= _OPENS)
            moment = morning + timedelta(minutes=self._rng.uniform(5, 70))
        if item.kind is ItemKind.DM:
            # After a day the network would let nobody answer any more.
            moment = min(moment, item.created_at + timedelta(hours=self._rng.uniform(14, 23)))
        return moment

    def _answer_until(self, moment: datetime) -> None:
        while self._waiting and self._waiting[0][0] <= moment:
            at, _, item = heapq.heappop(self._waiting)
            self._world.clock.set(max(at, self._world.clock.now()))
            self._answer(item)

    def _answer(self, item: Item) -> None:
        person = self._world.state.people[item.author_id]
        text = self._rng.choice(ANSWERS[person.language])
        try:
            if item.kind is ItemKind.DM:
                self._brands.message(item.account_id, item.thread_id or "", Writing(text))
            else:
                self._brands.reply(item.account_id, item.id, Writing(text))
        except RefusalError:
            return  # Its window has closed meanwhile: it stays unanswered, as it would elsewhere.


def _picture(name: str) -> Media:
    slug = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return Media(url=f"/pictures/{slug}.svg", alt="A drawn landscape")
