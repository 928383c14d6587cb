"""The world of a first start: a fictional outdoor brand with three weeks of history.

Times are relative to the start, so that the newest items are minutes old whenever it is shown.
"""

import math
from datetime import datetime, timedelta
from random import Random

from deploy.sandbox.brands import Brands, Writing
from deploy.sandbox.model import AccountKind, Item, ItemKind, Media
from deploy.sandbox.scripts import Script
from deploy.sandbox.world import World

HISTORY = timedelta(weeks=3)
ACTS = 240
BRAND = "Alder & Finch"

_ACCOUNTS = (
    (AccountKind.FULL, "alderfinch", "Tents, packs and boots, repaired for life."),
    (AccountKind.MICROBLOG, "alderfinch_now", "Short news from the workshop."),
    (AccountKind.REVIEWS, "alderfinch_shop", "The shop in Harbour Street."),
)

_POSTS = (
    "Our repair bench is open on Saturdays again. Bring anything that has a zip.",
    "The Ridge tent now weighs 1.4 kg. Here is what we left out, and what we kept.",
    "Autumn light above the treeline. Where did you sleep last weekend?",
    "The Ember stove boils a litre in 3:10. We measured it 400 times.",
    "Meet Ines, who has sewn our packs since the very first one.",
    "New colour for the Fern backpack: moss. In shops on Friday.",
)
_AD = "The Drift rain jacket. Ten years of guarantee, no small print."
_ANSWERS = (
    "Thank you for telling us! We have sent you a message.",
    "So good to hear. Enjoy every night out!",
    "We are sorry about this. Could you send us your order number by message?",
)


def build_demo(world: World, brands: Brands, script: Script, seed: int) -> None:
    """Fill an empty world. The clock is moved through the past and left where it was."""
    clock, rng = world.clock, Random(seed)  # noqa: S311 - repeatable on purpose
    now = clock.now()
    speed = clock.speed
    clock.freeze()
    script.populate()
    accounts = [world.add_account(kind, BRAND, handle, about) for kind, handle, about in _ACCOUNTS]
    try:
        _live_through(world, brands, script, rng)
    finally:
        clock.set(now)
        clock.run(speed)
    for account in accounts:
        account.followers = rng.randrange(800, 48_000)
        account.following = account.followers // 40
        account.opened_at = now - HISTORY


def _live_through(world: World, brands: Brands, script: Script, rng: Random) -> None:
    """Posts at even distances, what people say in between, and an answer now and then."""
    clock, end = world.clock, world.clock.now()
    start = end - HISTORY
    _publish(world, brands, start)
    posts = iter(_POSTS[2:])
    for number in range(ACTS):
        clock.set(max(clock.now(), _moment(start, end, number, rng)))
        if number % (ACTS // len(_POSTS)) == ACTS // len(_POSTS) - 1:
            text = next(posts, None)
            if text is not None:
                _publish_everywhere(world, brands, text)
        item = script.act()
        if item is not None and rng.random() < _answered(number):
            clock.advance(timedelta(minutes=rng.randrange(4, 90)))
            if clock.now() < end:
                _answer(brands, item, rng)


def _publish(world: World, brands: Brands, start: datetime) -> None:
    world.clock.set(start)
    for text in _POSTS[:2]:
        _publish_everywhere(world, brands, text)
    main = next(iter(world.state.accounts.values()))
    ad_post = brands.publish(main.id, Writing(_AD, [_picture("drift")]))
    world.add_ad(main.id, "Drift rain jacket, autumn", ad_post.id)


def _publish_everywhere(world: World, brands: Brands, text: str) -> None:
    for account in world.state.accounts.values():
        if world.capabilities(account.id).publish:
            brands.publish(account.id, Writing(text, [_picture(text[:12])], None))


def _picture(name: str) -> Media:
    slug = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return Media(url=f"/pictures/{slug}.svg", alt="A drawn landscape")


def _moment(start: datetime, end: datetime, number: int, rng: Random) -> datetime:
    """Denser towards the present, as an inbox looks."""
    share = math.pow((number + rng.random()) / ACTS, 0.6)
    return start + (end - start) * min(share, 0.9995)


def _answered(number: int) -> float:
    """Old items were mostly answered; the newest ones wait for the newcomer."""
    return 0.7 if number < ACTS * 3 // 4 else 0.05


def _answer(brands: Brands, item: Item, rng: Random) -> None:
    text = rng.choice(_ANSWERS)
    if item.kind is ItemKind.DM:
        brands.message(item.account_id, item.thread_id or "", Writing(text))
    else:
        brands.reply(item.account_id, item.id, Writing(text))
