"""Who answered what: the answers on the network become those of the team, and what is done closes.

The network already holds what the brand wrote. Here the colleagues ask for it in Parley at the time
at which it stands there, and mark as handled what needs nothing any more.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from random import Random
from uuid import UUID

from deploy.demo.history import Story, Written, stories
from deploy.demo.past import Workplace, at, opened
from services.inbox.app import build
from services.inbox.commands.change import change_conversation
from services.inbox.commands.effect import announce, take_effect
from services.inbox.commands.reply import Reply, reply
from services.inbox.commands.request import SEND
from services.inbox.domain.conversation import Assign, Change, Handle, Reopen
from services.inbox.domain.outbox import Outbox
from services.inbox.errors import ActionImpossibleError
from services.inbox.settings import InboxSettings
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.networks.types import ActionResult

_AT_ONCE = 4
_SHARES = {"community_manager": 10, "customer_service_representative": 6, "owner": 2}
_LOOKED_THROUGH = timedelta(days=2)
_ASSIGNED = 0.4
_NEEDS_NOTHING = 0.9


@dataclass(frozen=True, slots=True)
class _Hands:
    """What the work is done with; the moment of the newcomer ends it."""

    database: Database
    outbox: Outbox
    place: Workplace
    now: datetime


async def work_through_the_past(place: Workplace, now: datetime) -> list[Story]:
    """Give every answer its writer and close what is done; the conversations as they were."""
    async with opened(build, InboxSettings, now) as inbox:
        hands = _Hands(inbox.database, inbox.app.state.outbox, place, now)
        turn = asyncio.Semaphore(_AT_ONCE)

        async def one(story: Story) -> None:
            async with turn:
                await _go_through(hands, story)

        async with inbox.database.begin(place.workspace_id) as tx:
            found = await stories(tx)
        await asyncio.gather(*(one(story) for story in found))
        return found


async def _go_through(hands: _Hands, story: Story) -> None:
    rng = Random(story.seed)  # noqa: S311 -- repeatable on purpose.
    written = story.written
    role = _taker(rng, written)
    async with hands.database.begin(hands.place.workspace_id) as tx:
        work = _Work(tx, hands, story.id, role)
        asked: Written | None = None
        for item, following in zip_longest(written, written[1:]):
            if item.direction == "inbound":
                asked = item
            elif asked is not None and item.origin == "native":
                if rng.random() < _ASSIGNED:
                    await work.assign(_between(rng, asked, item))
                await work.answer(asked, item)
            done_at = _done_at(rng, item)
            if done_at < (following.written_at if following else hands.now):
                await work.close(done_at, following)


def _taker(rng: Random, written: Sequence[Written]) -> str:
    """Who answers; what is written in Chinese goes to who speaks it."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in written[0].text):
        return "community_manager"
    return rng.choices(list(_SHARES), list(_SHARES.values()))[0]


def _between(rng: Random, asked: Written, answer: Written) -> datetime:
    moment: datetime = asked.written_at + (answer.written_at - asked.written_at) * rng.random()
    return moment


@dataclass(frozen=True, slots=True)
class _Work:
    """What one colleague does in one conversation, each at its moment."""

    tx: Tx
    hands: _Hands
    conversation_id: UUID
    role: str

    async def assign(self, moment: datetime) -> None:
        place = self.hands.place
        given = Assign(assignee_id=place.people[self.role], team_id=place.team_id)
        await self._change("community_manager", moment, given)

    async def close(self, moment: datetime, following: Written | None) -> None:
        """Mark it as handled; a customer who writes on opens it again."""
        await self._change(self.role, moment, Handle())
        if following is not None:
            await self._change(self.role, following.written_at, Reopen(reason="reply"))

    async def _change(self, role: str, moment: datetime, change: Change) -> None:
        identity = self.hands.place.identity(role)
        await change_conversation(at(self.tx, moment), identity, self.conversation_id, change)

    async def answer(self, asked: Written, answer: Written) -> None:
        """Ask for the answer, and find that the network has it."""
        written = Reply(
            text=answer.text,
            private=answer.visibility == "private",
            expected_version=0,
            seen_interaction_id=asked.id,
            interaction_id=asked.id,
            force=True,
        )
        tx, outbox = at(self.tx, answer.written_at), self.hands.outbox
        identity = self.hands.place.identity(self.role)
        try:
            action = await reply(tx, identity, self.conversation_id, written, outbox)
        except ActionImpossibleError:
            return  # Then somebody has written it in the network's own app.
        await tx.unschedule(SEND, str(action.id))
        standing = ActionResult(
            external_id=answer.external_id, permalink=answer.permalink, at=answer.written_at
        )
        await take_effect(tx, action, standing)
        await announce(tx, action)


def _done_at(rng: Random, item: Written) -> datetime:
    """When nothing is left to do after it; never for some of what nobody has answered."""
    written_at: datetime = item.written_at
    if item.direction == "outbound":
        return written_at + timedelta(minutes=rng.uniform(1, 240))
    if rng.random() < _NEEDS_NOTHING:
        # Praise, and what needs no answer.
        return written_at + _LOOKED_THROUGH + timedelta(hours=rng.uniform(2, 20))
    return datetime.max.replace(tzinfo=UTC)
