"""Who answered what: the answers on the network become those of the team, and what is done closes.

The network already holds what the brand wrote. Here the colleagues ask for it in Parley at the time
at which it stands there, and mark as handled what needs nothing any more.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import zip_longest
from random import Random
from uuid import UUID

from sqlalchemy import select

from deploy.demo.history import Story, Written, received, stories
from deploy.demo.past import Workplace, at, batches, opened
from services.inbox.app import build
from services.inbox.commands.change import apply, change_conversation
from services.inbox.commands.effect import announce, take_effect
from services.inbox.commands.reply import Reply, reply
from services.inbox.commands.request import SEND
from services.inbox.domain.conversation import Assign, Change, Handle, Reopen
from services.inbox.domain.outbox import Outbox
from services.inbox.errors import ActionImpossibleError
from services.inbox.models import Conversation, Member, Profile, Team
from services.inbox.repository.desk import Desk
from services.inbox.settings import InboxSettings
from shared.db.transaction import Tx
from shared.events.inbox import InteractionReceived
from shared.networks.types import ActionResult
from shared.permissions import Sight

_AT_ONCE = 2
_LEAD = "community_manager"
_SHARES = {"community_manager": 10, "customer_service_representative": 6, "owner": 2}
_LOOKED_THROUGH = timedelta(days=2)
_ASSIGNED = 0.4
_NEEDS_NOTHING = 0.9


@dataclass(frozen=True, slots=True)
class _Hands:
    """What the work is done with; the moment of the newcomer ends it."""

    outbox: Outbox
    place: Workplace
    now: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """The conversations as they were, and what the inbox told of each interaction in them."""

    stories: Sequence[Story]
    received: Mapping[UUID, InteractionReceived]


async def work_through_the_past(place: Workplace, now: datetime) -> Past:
    """Give every answer its writer and close what is done."""
    async with opened(build, InboxSettings, now) as inbox:
        hands = _Hands(inbox.app.state.outbox, place, now)
        async with inbox.database.begin(place.workspace_id) as tx:
            past = Past(await stories(tx), await received(tx))
        turn = asyncio.Semaphore(_AT_ONCE)

        async def some(batch: Sequence[Story]) -> None:
            async with turn:
                await inbox.database.insist(place.workspace_id, partial(_go_on, hands, batch))

        await asyncio.gather(*map(some, batches(past.stories)))
        return past


async def _go_on(hands: _Hands, batch: Sequence[Story], tx: Tx) -> None:
    """Work through some conversations, which are locked in one order before anything else."""
    lead = Desk(tx, hands.place.identity(_LEAD))
    rows = {row.id: row for row in await lead.conversations([story.id for story in batch])}
    # The session forgets what nobody holds, and would read these again for every answer.
    tx.session.info["held"] = [
        row
        for table in (Member, Team, Profile)
        for row in await tx.session.scalars(
            select(table).where(table.workspace_id == tx.workspace_id)
        )
    ]
    for story in batch:
        await _go_through(hands, story, rows[story.id], tx)


async def _go_through(hands: _Hands, story: Story, row: Conversation, tx: Tx) -> None:
    rng = Random(story.seed)  # noqa: S311 -- repeatable on purpose.
    written = story.written
    work = _Work(tx, hands, row, _taker(rng, written))
    asked: Written | None = None
    for item, following in zip_longest(written, written[1:]):
        if item.direction == "inbound":
            asked = item
        elif asked is not None and item.origin == "native":
            if rng.random() < _ASSIGNED or not work.sees_it:
                await work.assign(_between(rng, asked, item))
            await work.answer(asked, item)
        done_at = _done_at(rng, item)
        if done_at < (following.written_at if following else hands.now):
            await work.close(done_at, following)


def _taker(rng: Random, written: Sequence[Written]) -> str:
    """Who answers; what is written in Chinese goes to who speaks it."""
    if any("\u4e00" <= letter <= "\u9fff" for letter in written[0].text):
        return _LEAD
    return rng.choices(list(_SHARES), list(_SHARES.values()))[0]


def _between(rng: Random, asked: Written, answer: Written) -> datetime:
    moment: datetime = asked.written_at + (answer.written_at - asked.written_at) * rng.random()
    return moment


@dataclass(frozen=True, slots=True)
class _Work:
    """What one colleague does in one conversation, each at its moment."""

    tx: Tx
    hands: _Hands
    row: Conversation
    role: str

    @property
    def sees_it(self) -> bool:
        """Some see only what was given to them or to their team."""
        me = self.hands.place.identity(self.role)
        mine = self.row.assignee_id == me.actor_id or self.row.team_id in me.team_ids
        return me.sight is Sight.ALL or mine

    async def assign(self, moment: datetime) -> None:
        place = self.hands.place
        given = Assign(assignee_id=place.people[self.role], team_id=place.team_id)
        await self._change(_LEAD, moment, given)

    async def close(self, moment: datetime, following: Written | None) -> None:
        """Mark it as handled; a customer who writes on opens it again."""
        await self._change(self.role if self.sees_it else _LEAD, moment, Handle())
        if following is not None:
            await apply(at(self.tx, following.written_at), self.row, Reopen(reason="reply"), None)

    async def _change(self, role: str, moment: datetime, change: Change) -> None:
        identity = self.hands.place.identity(role)
        await change_conversation(at(self.tx, moment), identity, self.row.id, change)

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
            action = await reply(tx, identity, self.row.id, written, outbox)
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
