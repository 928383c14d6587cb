"""Scripted people: who says what where, a function of the seed and of nothing else."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from pydantic import BaseModel, Field

from deploy.sandbox.model import Account, Item, ItemKind, Person
from deploy.sandbox.people import People
from deploy.sandbox.phrases import EMOJI, NAMES, PHRASES, PRODUCTS, RATINGS, Mood
from deploy.sandbox.world import World

Choice = TypeVar("Choice")


class Cast(BaseModel):
    """How often which language and mood appear; weights, not shares."""

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
        missing = [
            (language, name)
            for language, names in NAMES.items()
            for name in names
            if name not in known
        ]
        return [
            self._world.add_person(
                name=name,
                handle=f"{language}_{number:02d}_{self._rng.randrange(100, 999)}",
                language=language,
                followers=int(10 ** self._rng.uniform(1, 5)),
            )
            for number, (language, name) in enumerate(missing, start=1)
        ]

    def act(self) -> Item | None:
        """One person does one thing; nothing where there is nobody or no account."""
        accounts = list(self._world.state.accounts.values())
        language = self._weighted(self.cast.languages)
        speakers = [p for p in self._world.state.people.values() if p.language == language]
        if not accounts or not speakers:
            return None
        account, person = self._rng.choice(accounts), self._rng.choice(speakers)
        possible = self._possible(account)
        kind = self._rng.choice(possible or [ItemKind.MENTION])
        mood = self._weighted(self.cast.moods)
        text = self.line(language, mood)
        if person.id in account.blocked or not possible:
            return None
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
        return [
            item
            for item in self._world.state.items.values()
            if item.kind is ItemKind.POST
            and item.account_id == account.id
            and item.deleted_at is None
            and (item.id in advertised) == ads
        ]

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
