"""Scripted people: who says what where, a function of the seed and of nothing else."""

import unicodedata
from collections.abc import Callable
from itertools import islice
from random import Random
from typing import TypeVar

from pydantic import BaseModel, Field

from deploy.sandbox.model import Account, AccountKind, Item, ItemKind, Person
from deploy.sandbox.people import People
from deploy.sandbox.phrases import (
    EMOJI,
    FOLLOW_UPS,
    NAMES,
    PHRASES,
    PINYIN,
    PRODUCTS,
    RATINGS,
    Mood,
)
from deploy.sandbox.world import World

Choice = TypeVar("Choice")
_RECENT = 200


class Cast(BaseModel):
    """How often which language, mood, account and kind of item appear; weights, not shares.

    `follow_up` is the share of acts that go on with something the brand answered.
    """

    languages: dict[str, int] = Field(default={"en": 5, "zh": 2, "de": 2, "es": 2})
    moods: dict[Mood, int] = Field(
        default={
            Mood.HAPPY: 8,
            Mood.QUESTION: 6,
            Mood.ANGRY: 4,
            Mood.EMOJI: 3,
            Mood.SPAM: 2,
        }
    )
    accounts: dict[AccountKind, int] = Field(
        default={AccountKind.FULL: 5, AccountKind.MICROBLOG: 3, AccountKind.REVIEWS: 1}
    )
    kinds: dict[ItemKind, int] = Field(
        default={
            ItemKind.COMMENT: 6,
            ItemKind.REPLY: 6,
            ItemKind.AD_COMMENT: 3,
            ItemKind.DM: 4,
            ItemKind.MENTION: 3,
            ItemKind.QUOTE: 1,
            ItemKind.REVIEW: 2,
        }
    )
    follow_up: float = Field(default=0.15, ge=0, le=1)


class Script:
    """Draws one act after another. The world must change only in repeatable ways between draws."""

    def __init__(self, world: World, people: People, seed: int, cast: Cast | None = None) -> None:
        self._world = world
        self._people = people
        self._rng = Random(seed)  # noqa: S311 - repeatable on purpose
        self.cast = cast or Cast()

    def populate(self) -> list[Person]:
        """Bring everybody of the cast into the world, once."""
        known = {person.name for person in self._world.state.people.values()}
        return [
            self._world.add_person(
                name=name,
                handle=handle_of(name),
                language=language,
                followers=int(10 ** self._rng.uniform(1, 5)),
            )
            for language, names in NAMES.items()
            for name in names
            if name not in known
        ]

    def act(self) -> Item | None:
        """One person does one thing; nothing where there is nobody or no account."""
        if self._rng.random() < self.cast.follow_up:
            open_ends = self._open_ends()
            if open_ends:
                return self._follow_up(*self._rng.choice(open_ends))
        return self._speak_up()

    def _follow_up(self, person: Person, answer: Item) -> Item | None:
        """Go on with what the brand has answered."""
        if person.id in self._world.account(answer.account_id).blocked:
            return None
        text = self._rng.choice(FOLLOW_UPS[person.language])
        return self._people.reply(person.id, answer.id, text)

    def _open_ends(self) -> list[tuple[Person, Item]]:
        """Recent answers of a brand after which the person it spoke to has not written yet."""
        later: set[tuple[str | None, str]] = set()
        found: list[tuple[Person, Item]] = []
        for item in islice(reversed(self._world.state.items.values()), _RECENT):
            person = self._spoken_to(item)
            if person is not None and (item.thread_id, person.id) not in later:
                found.append((person, item))
            later.add((item.thread_id, item.author_id))
        return found

    def _spoken_to(self, item: Item) -> Person | None:
        """Whom an item of a brand answers; nobody where it is a post, deleted or a person's."""
        if item.author_id != item.account_id or item.deleted_at is not None:
            return None
        asked = self._world.state.items.get(item.parent_id or "")
        author_id = asked.author_id if asked else self._correspondent(item)
        return self._world.state.people.get(author_id or "")

    def _correspondent(self, item: Item) -> str | None:
        thread = self._world.state.threads.get(item.thread_id or "")
        return thread.person_id if thread else None

    def _speak_up(self) -> Item | None:
        accounts = list(self._world.state.accounts.values())
        language = self._weighted(self.cast.languages)
        speakers = [p for p in self._world.state.people.values() if p.language == language]
        if not accounts or not speakers:
            return None
        account = self._weighted({one.id: self.cast.accounts[one.kind] for one in accounts})
        return self._speak_to(self._world.account(account), self._rng.choice(speakers))

    def _speak_to(self, account: Account, person: Person) -> Item | None:
        possible = self._possible(account)
        mood = self._weighted(self.cast.moods)
        text = self.line(person.language, mood)
        if person.id in account.blocked or not possible:
            return None
        kind = self._weighted({kind: self.cast.kinds[kind] for kind in possible})
        return self._perform(kind, person, account, (text, mood))

    def line(self, language: str, mood: Mood) -> str:
        if mood is Mood.EMOJI:
            return self._rng.choice(EMOJI)
        phrase = self._rng.choice(PHRASES[language, mood])
        return phrase.format(product=self._rng.choice(PRODUCTS[language]))

    def _weighted(self, weights: dict[Choice, int]) -> Choice:
        return self._rng.choices(list(weights), weights=list(weights.values()))[0]

    def _possible(self, account: Account) -> list[ItemKind]:
        """What can be written to this account now; what needs a post only where there is one."""
        excluded = {ItemKind.POST}
        if not self._posts(account, ads=False):
            excluded |= {ItemKind.COMMENT, ItemKind.QUOTE, ItemKind.REPLY}
        if not self._posts(account, ads=True):
            excluded.add(ItemKind.AD_COMMENT)
        return [k for k in self._world.capabilities(account.id).item_kinds if k not in excluded]

    def _posts(self, account: Account, *, ads: bool) -> list[Item]:
        advertised = {ad.post_id for ad in self._world.state.ads.values()}
        return [post for post in self._world.posts(account.id) if (post.id in advertised) == ads]

    def _perform(
        self, kind: ItemKind, person: Person, account: Account, line: tuple[str, Mood]
    ) -> Item:
        text, mood = line

        def comment() -> Item:
            return self._people.comment(person.id, self._recent(account, ads=False), text)

        acts: dict[ItemKind, Callable[[], Item]] = {
            ItemKind.COMMENT: comment,
            ItemKind.REPLY: comment,
            ItemKind.AD_COMMENT: lambda: self._people.comment(
                person.id, self._recent(account, ads=True), text
            ),
            ItemKind.QUOTE: lambda: self._people.quote(
                person.id, self._recent(account, ads=False), text
            ),
            ItemKind.MENTION: lambda: self._people.mention(
                person.id, account.id, f"@{account.handle} {text}"
            ),
            ItemKind.DM: lambda: self._people.dm(person.id, account.id, text),
            ItemKind.REVIEW: lambda: self._people.review(
                person.id, account.id, text, self._rng.choice(RATINGS[mood])
            ),
        }
        return acts[kind]()

    def _recent(self, account: Account, *, ads: bool) -> str:
        """One of the latest posts: nobody comments on what is old."""
        return self._rng.choice(self._posts(account, ads=ads)[-5:]).id


def handle_of(name: str) -> str:
    """The name as people write it where only plain letters are allowed."""
    if name in PINYIN:
        return PINYIN[name]
    plain = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    return "".join(one for one in plain.replace(" ", ".") if one.isascii())
