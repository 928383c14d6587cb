"""A steady load: customers write, a person answers and delegates, a planner schedules posts.

Whoever works at the desk does as a careful client does: an answer that does not come is asked for
again under the same key, and only what Parley acknowledged counts as promised.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from tests.faults.stream import Follower
from tests.support.desk import DeskHand
from tests.support.sandbox import SandboxHand

Json = dict[str, Any]
_AGAIN_SECONDS = 0.2
_WAKE: Json = {"type": "nothing", "event": {}}
_BUSY, _OUT_OF_ORDER = 429, 500


@dataclass(frozen=True, slots=True)
class Brand:
    """A connected account; on the `full` one people comment, to the others they speak."""

    kind: str
    account_id: str
    profile_id: str
    post_id: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What Parley has said it would do: a `reply` or a `post` under this id, with these words."""

    what: str
    id: str
    text: str
    at: datetime


@dataclass(slots=True)
class Load:
    desk: DeskHand
    network: SandboxHand
    follower: Follower
    brands: list[Brand]
    people: list[str]
    seed: int = 7
    promises: list[Promise] = field(default_factory=list)
    tickets: set[str] = field(default_factory=set)
    counter: int = 0
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Everybody works for the length of the block."""
        self.tasks = [
            asyncio.create_task(self.follower.run(), name="follower"),
            asyncio.create_task(self._run(), name="load"),
        ]
        try:
            yield
        finally:
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

    def check(self) -> None:
        """Raise what ended anybody's work before its time."""
        for task in self.tasks:
            if task.done():
                task.result()

    async def _run(self) -> None:
        """Until `ending` is set, and until everybody has finished what they are doing then."""
        async with asyncio.TaskGroup() as group:
            for part in (self._customers(), self._planner(), self._answers()):
                group.create_task(part)

    async def end(self) -> None:
        """Return when everybody has finished; the stream is followed on."""
        self.ending.set()
        self.follower.news.put_nowait(_WAKE)
        await self.tasks[1]

    def words(self, what: str) -> str:
        """A text that nothing else has."""
        self.counter += 1
        return f"{what} number {self.counter}"

    async def insist(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """The answer of Parley itself, however often one has to ask for it."""
        headers = {"idempotency-key": str(uuid4())}
        while True:
            try:
                answer = await self.desk.http.request(
                    method, f"/api/v1{path}", json=body, headers=headers, timeout=4
                )
                if answer.status_code < _OUT_OF_ORDER and answer.status_code != _BUSY:
                    return answer
            except httpx.HTTPError:
                pass
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _customers(self) -> None:
        chance = Random(self.seed)  # noqa: S311 - repeatable on purpose
        while not self.ending.is_set():
            brand, person = chance.choice(self.brands), chance.choice(self.people)
            await self.write(brand, person, self.words("Question"), direct=chance.random() < 0.3)
            await asyncio.sleep(chance.uniform(0.2, 0.5))

    async def write(self, brand: Brand, person: str, text: str, *, direct: bool = False) -> Json:
        if brand.kind == "full" and not direct:
            return await self.network.say(person, "comments", post_id=brand.post_id, text=text)
        what = "messages" if direct else "mentions"
        return await self.network.say(person, what, account_id=brand.account_id, text=text)

    async def _answers(self) -> None:
        """Every third customer is answered, every tenth conversation delegated."""
        heard = 0
        while not self.ending.is_set():
            told = await self.follower.news.get()
            event: Json = told["event"]
            if told["type"] != "inbox.interaction_received" or event["direction"] != "inbound":
                continue
            heard += 1
            if heard % 3 == 0:
                await self.answer(event["conversation_id"])
            if heard % 10 == 1:
                await self.delegate(event["conversation_id"])

    async def answer(self, conversation_id: str) -> str:
        """Answer once, having read what was written meanwhile; the words of the answer."""
        path, text = f"/inbox/conversations/{conversation_id}", self.words("Answer")
        while True:
            seen = (await self.insist("GET", path)).json()
            body = {
                "text": text,
                "expected_version": seen["version"],
                "seen_interaction_id": seen["newest_interaction_id"],
            }
            answer = await self.insist("POST", f"{path}/replies", body)
            if answer.is_success:
                self._promised("reply", answer.json()["id"], text)
                return text
            assert answer.status_code == httpx.codes.CONFLICT, answer.text

    async def delegate(self, conversation_id: str) -> None:
        """Open a ticket, once ticketing has heard of the conversation; one is enough."""
        body = {"conversation_id": conversation_id, "subject": self.words("Ticket")}
        while True:
            answer = await self.insist("POST", "/tickets", body)
            if answer.is_success:
                self.tickets.add(answer.json()["id"])
            if answer.is_success or answer.status_code == httpx.codes.CONFLICT:
                return
            assert answer.status_code == httpx.codes.NOT_FOUND, answer.text
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _planner(self) -> None:
        turn = 0
        while not self.ending.is_set():
            turn += 1
            await self.plan(self.brands[turn % len(self.brands)], seconds=1.5)
            await asyncio.sleep(1.5)

    async def plan(self, brand: Brand, seconds: float) -> str:
        """Have a post go out so many seconds from now; its words."""
        text = self.words("News")
        body = {"text": text, "targets": [{"profile_id": brand.profile_id}]}
        post = (await self.insist("POST", "/publishing/posts", body)).json()
        path = f"/publishing/posts/{post['id']}"
        while True:
            at = datetime.now(UTC) + timedelta(seconds=seconds)
            when = {"wall_time": at.replace(tzinfo=None).isoformat(), "zone": "UTC"}
            body = {"expected_version": post["version"], **when}
            answer = await self.insist("POST", f"{path}/schedule", body)
            if answer.is_success:
                self._promised("post", post["id"], text)
                return text
            # Asking took longer than until then; unless it was heard, and only the answer was late.
            post = (await self.insist("GET", path)).json()
            if post["state"] != "draft":
                self._promised("post", post["id"], text)
                return text

    def _promised(self, what: str, id_: str, text: str) -> None:
        self.promises.append(Promise(what, id_, text, datetime.now(UTC)))


async def until(look: Callable[[], Awaitable[bool]], seconds: float, what: str) -> None:
    """Return when it is so; past the time fail with what was waited for."""
    try:
        async with asyncio.timeout(seconds):
            while not await look():  # noqa: ASYNC110 -- it lies in other processes
                await asyncio.sleep(_AGAIN_SECONDS / 2)
    except TimeoutError:
        raise AssertionError(f"{what} within {seconds:g} s") from None
