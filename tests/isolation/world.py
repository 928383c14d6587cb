"""Two workspaces with at least one row in every table, and words that show where data came from."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase

from services.analytics.commands.count import count
from services.analytics.models import DailyVolume, Name
from services.inbox import models as inbox
from services.team_directory.models import ConnectionAttempt
from services.team_directory.repository.keys import Opens, Secrets
from shared.db.kernel_tables import dead_letters, idempotency_keys
from shared.events.envelope import Envelope
from shared.events.inbox import Direction, InteractionKind, InteractionReceived
from shared.ids import new_id
from tests.isolation.house import House
from tests.isolation.measures import measured
from tests.isolation.notices import notified
from tests.isolation.partners import partner
from tests.isolation.posts import picture, planned
from tests.isolation.tickets import promises, ticket
from tests.support.inbox_desk import InboxDesk
from tests.support.profiles import connect
from tests.support.team_directory import Somebody

# In everything of the victim's workspace, in what belongs to its first profile, in its name.
SHARED, BOUND, NAMED = "quittenbrot", "zwetschgenmus", "mirabellenhof"

Ids = dict[str, UUID]


@dataclass(slots=True)
class World:
    """One workspace: whoever owns it, and an id of each kind.

    `ids` are about the first profile and `elsewhere` about the second, as far as a kind is bound
    to a profile at all.
    """

    owner: Somebody
    ids: Ids = field(default_factory=dict)
    elsewhere: Ids = field(default_factory=dict)

    @property
    def workspace_id(self) -> UUID:
        return self.owner.workspace_id


async def furnish(house: House, owner: Somebody, handles: tuple[str, str], word: str) -> World:
    """Fill a workspace; `handles` are the names of its two profiles and of what is theirs."""
    world = World(owner)
    first, second = [await _profile(house, owner, handle) for handle in handles]
    world.ids = await _directory(house, owner, word, first)
    for ids, profile_id, handle in (
        (world.ids, first, handles[0]),
        (world.elsewhere, second, handles[1]),
    ):
        ids["profile"] = profile_id
        ids.update(await _inbox(house, owner, profile_id, handle))
        await _copies(house, owner, profile_id, handle)
        ids.update(await planned(house, owner, profile_id, handle))
        await measured(house, owner, profile_id, handle, ids["publication"])
        ids["ticket"] = await ticket(house, owner, profile_id, handle, ids)
        ids.update(await partner(house, owner, profile_id, handle))
    world.ids |= await notified(house, owner, first, (handles[0], word))
    world.ids |= await _shared(house, owner, word, world.ids)
    world.elsewhere = {**world.ids, **world.elsewhere}
    return world


async def _profile(house: House, owner: Somebody, handle: str) -> UUID:
    await house.sandbox.account(handle=handle)
    return await connect(house.directory, house.sandbox, owner, handle)


async def _directory(house: House, owner: Somebody, word: str, profile_id: UUID) -> Ids:
    call = house.directory.call
    levels = {"inbox": 1, "directory": 1}
    role = (await call(owner, "POST", "/roles", {"name": word, "levels": levels})).json()
    colleague = await house.directory.join(owner, word, email=f"{word}@example.test")
    # Somebody with a second factor half set up and one recovery link, to fill those tables too.
    await call(colleague, "POST", "/account/second-factor")
    link = await call(owner, "POST", f"/members/{colleague.id}/password-reset")
    assert link.status_code == 201, link.text
    team = {"name": word, "member_ids": [str(colleague.id)]}
    key = {"name": word, "levels": levels, "profile_ids": [str(profile_id)]}
    invitation = await house.directory.invite(owner, f"invited.{word}@example.test", [word])
    return {
        "role": UUID(role["id"]),
        "member": colleague.id,
        "team": UUID((await call(owner, "POST", "/teams", team)).json()["id"]),
        "api_key": UUID((await call(owner, "POST", "/api-keys", key)).json()["id"]),
        "invitation": UUID(invitation["id"]),
        "attempt": await _attempt(house, owner, word, profile_id),
        "session": owner.identity.session_id or UUID(int=0),
        "object": UUID(role["id"]),
    }


async def _attempt(house: House, owner: Somebody, word: str, profile_id: UUID) -> UUID:
    """The owner is away on the consent page of a network, and will come back with this state."""
    async with house.directory.service.database.begin(owner.workspace_id) as tx:
        attempt = ConnectionAttempt(
            workspace_id=owner.workspace_id,
            id=new_id(),
            profile_id=profile_id,
            person_id=owner.id,
            ciphertext=word.encode(),
            expires_at=tx.now + timedelta(hours=1),
        )
        tx.session.add(attempt)
        Secrets(tx).add(state_of(word), Opens.CONNECTION, attempt.id)
        return attempt.id


def state_of(word: str) -> str:
    """What the network's consent page sends the browser of `_attempt` back with."""
    return f"state-of-{word}"


def _desk(house: House, owner: Somebody, profile_id: UUID) -> InboxDesk:
    return InboxDesk(house.hands["inbox"], house.clock, owner.workspace_id, owner.id, profile_id)


async def _inbox(house: House, owner: Somebody, profile_id: UUID, word: str) -> Ids:
    desk = _desk(house, owner, profile_id)
    await desk.profile(profile_id, handle=word, display_name=word, reason=word)
    contact_id = await desk.contact(word)
    conversation_id = await desk.conversation(f"Where is my {word}?", contact_id)
    interaction_id = await desk.write(conversation_id, f"{word} again")
    ids = {
        "conversation": conversation_id,
        "interaction": interaction_id,
        "contact": contact_id,
        "note": new_id(),
        "action": new_id(),
        "delivery": new_id(),
    }
    await desk.add(*_conversation_rows(desk, ids, word), *_ledger_rows(desk, ids, word))
    return ids


def _conversation_rows(desk: InboxDesk, ids: Ids, word: str) -> list[DeclarativeBase]:
    here: dict[str, Any] = {"workspace_id": desk.workspace_id}
    about: dict[str, Any] = {**here, "conversation_id": ids["conversation"]}
    now = desk.clock.now()
    return [
        inbox.Note(**about, id=ids["note"], author_id=desk.me, body=word, created_at=now),
        inbox.Activity(**about, id=new_id(), version=1, at=now, kind=word, after={"was": word}),
        inbox.Action(
            **about,
            id=ids["action"],
            profile_id=desk.profile_id,
            interaction_id=ids["interaction"],
            kind="reply",
            text=word,
            state="failed",
            requested_at=now,
            deadline=now,
        ),
        inbox.InteractionVersion(
            **here, interaction_id=ids["interaction"], item_version=0, text=word, seen_at=now
        ),
    ]


def _ledger_rows(desk: InboxDesk, ids: Ids, word: str) -> list[DeclarativeBase]:
    here: dict[str, Any] = {"workspace_id": desk.workspace_id, "profile_id": desk.profile_id}
    now = desk.clock.now()
    return [
        inbox.Delivery(
            **here,
            id=ids["delivery"],
            external_id=word,
            kind=word,
            source="poll",
            body={"text": word},
            received_at=now,
            state="failed",
            error_detail=word,
        ),
        inbox.Ledger(**here),
        inbox.Reader(**here, stream=word),
        inbox.Orphan(**here, external_id=word, delivery_id=ids["delivery"], awaits=word),
        inbox.Thread(**here, thread_id=word, target={"text": word}, active_at=now),
        inbox.RemovedItem(**here, external_id=word, removed_at=now),
        inbox.RateBudget(**here, bucket=word, limit=1, remaining=1, reset_at=now),
        inbox.HookAddress(**here, network="sandbox"),
    ]


async def _copies(house: House, owner: Somebody, profile_id: UUID, word: str) -> None:
    """What the other services keep of a profile."""
    here: dict[str, Any] = {"workspace_id": owner.workspace_id}
    async with house.hands["analytics"].service.database.begin(owner.workspace_id) as tx:
        now = house.clock.now()
        told = InteractionReceived(
            **here,
            conversation_id=new_id(),
            profile_id=profile_id,
            conversation_version=1,
            interaction_id=new_id(),
            network=word,
            kind=InteractionKind.COMMENT,
            direction=Direction.INBOUND,
            contact_id=new_id(),
            excerpt=word,
            written_at=now,
        )
        await count(tx, [Envelope(new_id(), now, told)])
        volume = {"day": now.date(), "kind": word, "direction": "inbound", "count": 1}
        tx.session.add(DailyVolume(**here, profile_id=profile_id, **volume))
        tx.session.add(Name(**here, id=new_id(), name=word))


async def _shared(house: House, owner: Somebody, word: str, ids: Ids) -> Ids:
    """What belongs to a workspace and to none of its profiles."""
    desk, member_id = _desk(house, owner, new_id()), ids["member"]
    await desk.member(word, member_id)
    team: dict[str, Any] = {"name": word, "member_ids": [member_id], "active": True}
    await desk.add(inbox.Team(workspace_id=owner.workspace_id, id=ids["team"], **team))
    promised = await promises(house, owner, word, ids)
    letter_id = new_id()
    for hand in house.hands.values():
        async with hand.service.database.begin(owner.workspace_id) as tx:
            for table, values in _technical(owner, letter_id, word).items():
                await tx.session.execute(insert(table).values(values))
    return {
        **promised,
        "asset": await picture(house, owner, word),
        "letter": letter_id,
        "saved_view": await desk.saved_view(word),
        "tag": await desk.tag(word),
        "contact_tag": await desk.tag(word, "contact"),
    }


def _technical(owner: Somebody, letter_id: UUID, word: str) -> dict[Any, dict[str, Any]]:
    here = {"workspace_id": owner.workspace_id, "key": word, "body": word.encode()}
    letter = {"id": letter_id, "consumer": word, "topic": word, "partition": 0, "offset": 0}
    told = {"headers": {"ce_type": word}, "code": word, "detail": word}
    answer = {"actor_id": owner.id, "fingerprint": word, "status": 200}
    return {dead_letters: {**here, **letter, **told}, idempotency_keys: {**here, **answer}}
