"""The inbound side against a running network: webhooks, reading, reconciling, faults."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from services.inbox.adapters.hooks import DerivedSecrets
from services.inbox.commands.reading import FOLLOW, READ, RECONCILE, START, SUBSCRIBE
from services.inbox.commands.receive import HANDLE
from services.inbox.models import Conversation, Interaction, Profile
from shared.db.kernel_tables import work_items
from shared.events.inbox import InteractionReceived
from shared.events.team_directory import ProfileState
from shared.ids import new_id
from shared.networks.types import Access, Action, Command, ItemKind, Target
from shared.permissions import Level, Module
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.sandbox_inbox import SandboxInbox, sandbox_inbox
from tests.support.service import INTERNAL_KEY, member_identity


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[SandboxHand]:
    async with running_sandbox() as hand:
        yield hand


@pytest.fixture
async def inbox(
    running: SandboxHand, database_urls: Mapping[str, str]
) -> AsyncIterator[SandboxInbox]:
    await running.reset(seed=1)
    async with sandbox_inbox(running, database_urls) as inbox:
        yield inbox


@pytest.fixture
async def line(inbox: SandboxInbox) -> SandboxInbox:
    """Connected, back-filled and subscribed."""
    await inbox.told()
    await inbox.work()
    return inbox


async def rows(inbox: SandboxInbox, model: Any) -> list[Any]:
    async with inbox.service.database.read(inbox.workspace_id) as read:
        return list(await read.all(select(model.__table__)))


async def texts(inbox: SandboxInbox) -> list[str]:
    found = await rows(inbox, Interaction)
    return sorted(row.text for row in found if row.removed_at is None)


async def due(inbox: SandboxInbox) -> set[str]:
    async with inbox.service.database.read() as read:
        return {row.kind for row in await read.all(select(work_items.c.kind))}


async def test_connecting_back_fills_the_past(inbox: SandboxInbox) -> None:
    post = await inbox.post()
    await inbox.say("comments", "Before you came", post_id=post)
    await inbox.say("messages", "你好")
    await inbox.told()
    await inbox.work()
    assert await texts(inbox) == ["Before you came", "你好"]
    received = [e for e in await inbox.hand.events() if isinstance(e, InteractionReceived)]
    assert [event.back_filled for event in received] == [True, True]
    (profile,) = await rows(inbox, Profile)
    assert profile.account["facts"]["item_kinds"]
    assert profile.scopes
    health = await inbox.health()
    assert (health["state"], health["balanced"], health["gaps_filled"]) == ("healthy", True, 0)
    assert {reader["stream"] for reader in health["readers"]} >= {"events", "push"}
    assert all(reader["error_code"] is None for reader in health["readers"])


async def test_a_webhook_becomes_a_conversation(line: SandboxInbox) -> None:
    await line.say("mentions", "Where is my order?")
    await line.delivered()
    await line.work(HANDLE)
    (conversation,) = await rows(line, Conversation)
    assert conversation.excerpt == "Where is my order?"
    health = await line.health()
    assert (health["received"], health["stored"], health["handled"]) == (1, 1, 1)
    assert health["last_event_at"] is not None
    assert health["balanced"]
    (listed,) = await line.get("/profiles")
    assert listed["health"] == health
    # Reading beside it finds nothing new.
    await line.work_now(READ)
    health = await line.health()
    assert (health["stored"], health["gaps_filled"]) == (1, 0)
    assert health["repeated"] == health["received"] - 1 > 0


async def test_what_is_not_signed_is_never_stored(line: SandboxInbox) -> None:
    await line.network.fault({"type": "webhook_wrong_signature"}, remaining=None)
    await line.say("mentions", "Forged")
    await line.delivered()
    log = await line.network.admin("GET", "/webhooks/deliveries")
    assert {one["status"] for one in log} == {401}
    assert (await line.health())["received"] == 0


async def test_addresses_that_lead_nowhere(line: SandboxInbox) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        unknown = await http.post(f"{line.url}/hooks/sandbox/{new_id()}", content=b"{}")
        elsewhere = await http.post(f"{line.url}/hooks/bluesky/{line.profile_id}", content=b"{}")
        query = {"hub.mode": "subscribe", "hub.verify_token": "guess", "hub.challenge": "x"}
        guess = await http.get(line.hook, params=query)
    assert (unknown.status_code, elsewhere.status_code, guess.status_code) == (404, 404, 401)
    assert unknown.json()["code"] == "inbox.hook_not_found"


async def test_duplicates_and_disorder_change_nothing(line: SandboxInbox) -> None:
    await line.network.fault({"type": "webhook_duplicate", "times": 3}, remaining=2)
    await line.network.fault({"type": "webhook_reorder", "window": 4}, remaining=4)
    item = await line.say("mentions", "one")
    await line.network.admin("PATCH", f"/items/{item['id']}", {"text": "one, edited"})
    await line.say("mentions", "two")
    await line.network.admin("DELETE", f"/items/{item['id']}")
    for number in range(4):
        await line.say("messages", f"more {number}")
    await line.delivered()
    await line.work(HANDLE)
    assert await texts(line) == ["more 0", "more 1", "more 2", "more 3", "two"]
    health = await line.health()
    assert health["repeated"] > 0
    assert (health["failed"], health["balanced"]) == (0, True)


async def test_a_dropped_webhook_is_found_by_reading(line: SandboxInbox) -> None:
    await line.network.fault({"type": "webhook_drop"})
    await line.say("mentions", "Dropped on the way")
    await line.delivered()
    await line.work(HANDLE)
    assert await texts(line) == []
    await line.work_now(READ)
    await line.work(HANDLE)
    assert await texts(line) == ["Dropped on the way"]
    health = await line.health()
    assert (health["gaps_filled"], health["balanced"]) == (1, True)


async def test_what_the_feed_lost_is_found_in_the_thread(line: SandboxInbox) -> None:
    post = await line.post()
    await line.delivered()
    await line.work(HANDLE)
    await line.network.fault({"type": "event_lost"})
    lost = await line.say("comments", "Only the thread shows this", post_id=post)
    await line.delivered()
    await line.work_now(RECONCILE)
    await line.work(HANDLE)
    assert await texts(line) == ["Only the thread shows this"]
    assert (await line.health())["gaps_filled"] == 1
    assert (await line.health())["last_reconciled_at"] is not None

    await line.network.fault({"type": "event_lost"})
    await line.network.admin("DELETE", f"/items/{lost['id']}")
    await line.work_now(RECONCILE)
    await line.work(HANDLE)
    assert await texts(line) == []
    (conversation,) = await rows(line, Conversation)
    assert conversation.waiting_since is None


async def test_an_echo_that_precedes_its_answer_is_one_interaction(line: SandboxInbox) -> None:
    item = await line.say("mentions", "Hello?")
    await line.delivered()
    await line.work(HANDLE)
    await line.network.fault({"type": "event_before_response"})
    connected = line.directory.connected
    target = Target(
        external_id=item["id"],
        kind=ItemKind.MENTION,
        thread_id=item["thread_id"],
        created_at=(await rows(line, Interaction))[0].written_at,
        handle={},
    )
    command = Command(key=new_id(), action=Action.REPLY, target=target, text="Hi!")
    access = Access(account=connected.account, credentials=connected.credentials)
    result = await line.directory.connector.act(access, command)
    await line.work(HANDLE)
    await line.delivered()
    await line.work_now(READ)
    await line.work(HANDLE)
    ours = [row for row in await rows(line, Interaction) if row.direction == "outbound"]
    assert [(row.external_id, row.text, row.origin) for row in ours] == [
        (result.external_id, "Hi!", "native")
    ]
    (conversation,) = await rows(line, Conversation)
    assert conversation.waiting_since is None


async def test_an_expired_token_is_renewed_and_reading_goes_on(line: SandboxInbox) -> None:
    await line.network.fault({"type": "token_expired"})
    await line.say("mentions", "Still there?")
    await line.work_now(READ)
    assert line.directory.renewals == 1
    assert line.directory.reports == []
    assert (await line.health())["state"] == "healthy"


async def test_a_revoked_connection_stops_until_a_person_mends_it(line: SandboxInbox) -> None:
    await line.network.fault({"type": "token_revoked"})
    await line.work_now(READ)
    assert line.directory.reports
    await line.told(ProfileState.NEEDS_PERSON)
    assert not await due(line) & {START, READ, RECONCILE, SUBSCRIBE, FOLLOW}
    health = await line.health()
    assert health["state"] == "stopped"

    await line.say("mentions", "While you were away")
    connected = await line.directory.connector.connect(
        {"handle": "brand", "access_code": "code-brand"}, ""
    )
    line.directory.connected = connected  # type: ignore[assignment]  # An access code needs no page.
    line.directory.reports.clear()
    await line.told()
    await line.work()
    assert await texts(line) == ["While you were away"]
    health = await line.health()
    assert (health["state"], health["balanced"]) == ("healthy", True)


@pytest.mark.parametrize(
    ("effect", "code", "failures"),
    [
        ({"type": "status", "status": 503}, "network.unavailable", 1),
        ({"type": "malformed"}, "network.unavailable", 1),
        ({"type": "rate_limit", "retry_after": 120}, "network.rate_limited", 0),
    ],
)
async def test_trouble_is_noted_and_tried_again_later(
    line: SandboxInbox, effect: Mapping[str, Any], code: str, failures: int
) -> None:
    await line.network.fault(effect, remaining=1, path=".*/events")
    await line.work_now(READ)
    (events,) = [r for r in (await line.health())["readers"] if r["stream"] == "events"]
    assert (events["error_code"], events["failures"]) == (code, failures)
    assert line.directory.reports == []
    assert (await line.health())["state"] == "healthy"
    await line.work_now(READ)
    (events,) = [r for r in (await line.health())["readers"] if r["stream"] == "events"]
    assert (events["error_code"], events["failures"]) == (None, 0)


async def test_a_signed_body_that_makes_no_sense_is_kept_shown_and_let_go(
    line: SandboxInbox,
) -> None:
    (secret,) = DerivedSecrets([INTERNAL_KEY]).of(line.profile_id)
    body = b'{"nothing": "of ours"}'
    mac = hmac.new(secret.encode(), b"1." + body, hashlib.sha256).hexdigest()
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"x-sandbox-signature": f"t=1,v1={mac}"}
        answer = await http.post(line.hook, content=body, headers=headers)
    assert answer.status_code == 200
    await line.work(HANDLE)
    health = await line.health()
    assert (health["state"], health["reason"]) == ("attention", "inbox.deliveries_failed")
    (failed,) = (await line.get("/deliveries"))["items"]
    assert failed["error_code"] == "inbox.delivery_unreadable"
    detail = await line.get(f"/deliveries/{failed['id']}")
    assert detail["body"] == {"text": body.decode()}
    assert health["balanced"]

    await line.post_to(f"/deliveries/{failed['id']}/replay")
    await line.work(HANDLE)
    assert (await line.health())["failed"] == 1
    await line.post_to(f"/deliveries/{failed['id']}/discard")
    health = await line.health()
    assert (health["state"], health["failed"], health["discarded"]) == ("healthy", 0, 1)
    assert health["balanced"]
    assert (await line.get("/deliveries"))["items"] == []


async def test_a_failed_delivery_is_handled_when_it_is_replayed(line: SandboxInbox) -> None:
    await line.say("mentions", "Try me again")
    await line.delivered()
    await line.work(HANDLE)
    async with line.service.database.begin(line.workspace_id) as tx:
        for statement in (
            "DELETE FROM interactions",
            "UPDATE deliveries SET state = 'failed', error_code = 'x'",
            "UPDATE ledgers SET handled = 0, failed = 1",
        ):
            await tx.session.execute(text(statement))
    (failed,) = (await line.get("/deliveries"))["items"]
    stranger = member_identity(line.workspace_id, new_id(), profile_ids=frozenset())
    async with line.hand.client(stranger) as client:
        refused = await client.post(f"/deliveries/{failed['id']}/replay")
        assert (await client.get("/deliveries")).json()["items"] == []
        assert (await client.get(f"/profiles/{line.profile_id}/health")).status_code == 404
    assert refused.status_code == 404
    reader = member_identity(line.workspace_id, new_id(), levels={Module.INBOX: Level.EDIT})
    async with line.hand.client(reader) as client:
        # A delivery may be somebody's private message: seeing the inbox is not enough.
        assert (await client.get("/deliveries")).status_code == 403
        assert (await client.get(f"/profiles/{line.profile_id}/health")).status_code == 200
    await line.post_to(f"/deliveries/{failed['id']}/replay")
    await line.work(HANDLE)
    assert await texts(line) == ["Try me again"]
    health = await line.health()
    assert (health["handled"], health["failed"], health["balanced"]) == (1, 0, True)
