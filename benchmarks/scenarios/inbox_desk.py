"""What people at a desk ask of the inbox, of many interactions beside a tenth of them or fewer."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from benchmarks.contest import Contestant, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.filled_inbox import EACH, TAG, Sayings, filled_inbox
from benchmarks.inbox import running_inbox
from benchmarks.people import CALLER, token_of
from benchmarks.world import World

_ROUNDS = 3
_REQUESTS = 40
_SMALL = 50_000
_MIDDLE = "2025-03-01T00:00:00Z"
_LIST_MS, _SEARCH_MS = 10, 200

Parameters = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask, and how long the slowest of a hundred answers may take."""

    name: str
    path: str
    parameters: Parameters
    most: float


async def measure(world: World) -> Sequence[Figure]:
    figures = []
    async with AsyncExitStack() as stack:
        large = await stack.enter_async_context(_desk(world, world.size))
        small = await stack.enter_async_context(_desk(world, _SMALL))
        for question in _questions(world.size):
            scores = await in_turn(
                Contestant("large", _Asked(large, question).turn),
                Contestant("small", _Asked(small, question).turn),
                rounds=_ROUNDS,
            )
            us, them = scores["large"], scores["small"]
            figures += [
                Figure(
                    name=f"inbox: {question.name}, {world.size:,} interactions, p{percent}",
                    value=us.percentile(percent),
                    unit="ms",
                    baseline=f"the same of {_SMALL:,}",
                    ratio=us.percentile(percent) / them.percentile(percent),
                    target=Target(question.most, at_most=True) if percent == 99 else None,
                )
                for percent in (50, 99)
            ]
    return figures


def _questions(size: int) -> list[Question]:
    one = f"/conversations/{UUID(int=min(size, _SMALL) // EACH // 2)}"
    lists: dict[str, tuple[str, Parameters]] = {
        "newest": ("/conversations", {}),
        "open": ("/conversations", {"state": "open"}),
        "mine": ("/conversations", {"state": "open", "assignee": "me"}),
        "a rare tag": ("/conversations", {"tag_id": f"{TAG}"}),
        "waiting longest": ("/conversations", {"order": "waiting"}),
        "the middle of two years": ("/conversations", {"until": _MIDDLE}),
        "counts": ("/conversations/counts", {}),
        "one conversation": (one, {}),
        "its interactions": (f"{one}/interactions", {}),
    }
    found = [Question(name, *asked, _LIST_MS) for name, asked in lists.items()]
    return found + [
        Question(f"search, {name}", "/conversations", {"q": words}, _SEARCH_MS)
        for name, words in _searches().items()
    ]


def _searches() -> dict[str, str]:
    sayings = Sayings()
    common, middle = sayings.word(0.3), sayings.word(0.01)
    rare = sayings.word(0.0002, beside=common)
    return {
        "common word": common,
        "middling word": middle,
        "rare word": rare,
        "two middling words": f"{middle} {sayings.word(0.01, beside=middle)}",
        "common and rare word": f"{common} {rare}",
        "a single hit": "order4711",
        "first name": "first77",
        "two Chinese characters, common": sayings.pair(0.05),
        "two Chinese characters, rare": sayings.pair(0.0002),
    }


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, again and again."""

    client: httpx.AsyncClient
    question: Question

    async def turn(self) -> Turned:
        latencies = []
        for _ in range(_REQUESTS):
            started = time.perf_counter()
            answer = await self.client.get(self.question.path, params=self.question.parameters)
            latencies.append(time.perf_counter() - started)
            _demand(answer.raise_for_status().json(), self.question)
        return Turned(_REQUESTS, latencies)


def _demand(said: Any, question: Question) -> None:
    """Something, or the time that it took says nothing."""
    if not said.get("items", said):
        raise RuntimeError(f"Nothing was found: {question.name}.")


@asynccontextmanager
async def _desk(world: World, size: int) -> AsyncIterator[httpx.AsyncClient]:
    """The service over so many interactions, spoken to without a network."""
    urls = await filled_inbox(world, size)
    async with (
        running_inbox(urls) as inbox,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=inbox.service.app),
            base_url="http://inbox",
            headers={"authorization": f"Bearer {token_of(CALLER)}"},
        ) as client,
    ):
        yield client
