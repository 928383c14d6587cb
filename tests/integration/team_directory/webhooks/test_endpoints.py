"""Endpoints: who may make which, what is shown of them, secrets that change, on and off."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.team_directory.commands.sweep import SWEEP
from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.webhooks import MOST_ENDPOINTS
from shared.clock import ManualClock
from shared.events.inbox import ContactSaved
from shared.events.scheduler import PostChanged, PostState
from shared.ids import new_id
from tests.integration.team_directory.webhooks.scene import RECEIVED, Scene
from tests.support.partner import PartnerHand
from tests.support.postgres import Urls
from tests.support.team_directory import running_directory, said


async def test_an_endpoint_is_shown_without_its_secret(scene: Scene) -> None:
    created = await scene.create(description="Our CRM", profile_ids=[str(scene.profile_id)])
    (listed,) = await scene.do("GET", "")
    assert created["secret"].startswith("whsec_")
    assert created["secret"] not in str(listed)
    assert listed == {
        "id": created["id"],
        "url": scene.partner.url(),
        "description": "Our CRM",
        "event_types": [RECEIVED],
        "profile_ids": [str(scene.profile_id)],
        "state": "enabled",
        "reason": None,
        "state_changed_at": "2026-03-02T09:00:00Z",
        "failing_since": None,
        "rest_until": None,
        "old_secret_until": None,
        "created_by": str(scene.owner.id),
        "created_at": "2026-03-02T09:00:00Z",
        "version": 1,
    }
    assert await scene.do("GET", f"/{created['id']}") == listed
    async with scene.directory.service.database.read(scene.owner.workspace_id) as read:
        stored = await read.all(text("SELECT ciphertext FROM webhook_secrets"))
    assert all(created["secret"].encode() not in row.ciphertext for row in stored)


async def test_a_filter_lets_through_what_is_about_its_profiles_only(
    scene: Scene, partner: PartnerHand
) -> None:
    types = [RECEIVED, "contact.saved", "post.changed"]
    await scene.create("/one", event_types=types, profile_ids=[str(scene.profile_id)])
    await scene.create("/all", event_types=types)
    workspace_id, other = scene.owner.workspace_id, new_id()
    contact = ContactSaved(
        workspace_id=workspace_id,
        contact_id=new_id(),
        contact_version=1,
        by=new_id(),
        name="Grace",
    )

    def post(*profile_ids: Any) -> PostChanged:
        return PostChanged(
            workspace_id=workspace_id,
            post_id=new_id(),
            post_version=1,
            change="created",
            state=PostState.DRAFT,
            profile_ids=profile_ids,
        )

    await scene.tell(
        scene.received(), scene.received(profile_id=other), contact, post(scene.profile_id),
        post(scene.profile_id, other),
    )  # fmt: skip
    await scene.work()
    assert sorted(partner.types("/one")) == [RECEIVED, "post.changed"]
    assert sorted(partner.types("/all")) == [
        "contact.saved",
        *[RECEIVED] * 2,
        *["post.changed"] * 2,
    ]


async def test_what_is_not_subscribed_to_is_not_kept(scene: Scene) -> None:
    endpoint = await scene.create(event_types=["ticket.opened"])
    await scene.tell(scene.received())
    assert await scene.work() == 0
    assert await scene.log(endpoint) == []


async def test_two_secrets_sign_while_they_overlap(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    path = f"/{endpoint['id']}/secret"
    new = (await scene.do("POST", path, {"overlap_hours": 2}))["secret"]
    await scene.tell(scene.received())
    await scene.work()
    assert partner.heard[-1].is_signed_with(endpoint["secret"])
    assert partner.heard[-1].is_signed_with(new)
    view = await scene.do("GET", f"/{endpoint['id']}")
    assert view["old_secret_until"] == "2026-03-02T11:00:00Z"
    clock.advance(timedelta(hours=2))
    await scene.tell(scene.received())
    await scene.work()
    assert not partner.heard[-1].is_signed_with(endpoint["secret"])
    assert partner.heard[-1].is_signed_with(new)
    newest = (await scene.do("POST", path, {"overlap_hours": 0}))["secret"]
    await scene.tell(scene.received())
    await scene.work()
    assert partner.heard[-1].headers["webhook-signature"].count("v1,") == 1
    assert partner.heard[-1].is_signed_with(newest)


async def test_a_third_secret_ends_the_first(scene: Scene, partner: PartnerHand) -> None:
    endpoint = await scene.create()
    path = f"/{endpoint['id']}/secret"
    second = (await scene.do("POST", path, {}))["secret"]
    third = (await scene.do("POST", path, {}))["secret"]
    await scene.tell(scene.received())
    await scene.work()
    (heard,) = partner.heard
    signed = [heard.is_signed_with(it) for it in (endpoint["secret"], second, third)]
    assert signed == [False, True, True]


async def test_off_means_silence_and_what_waited_can_be_had_later(
    scene: Scene, partner: PartnerHand
) -> None:
    endpoint = await scene.create()
    await scene.tell(scene.received("waited"))
    await scene.do("POST", f"/{endpoint['id']}/disable")
    await scene.tell(scene.received("while it was off"))
    await scene.work()
    assert not partner.heard
    assert [it["state"] for it in await scene.log(endpoint)] == ["held"]
    await scene.do("POST", f"/{endpoint['id']}/enable", {"send_held": False})
    await scene.work()
    assert not partner.heard
    since = {"since": "2026-03-02T09:00:00Z"}
    assert await scene.do("POST", f"/{endpoint['id']}/replay", since) == {"deliveries": 1}
    await scene.work()
    assert [it.message["data"]["excerpt"] for it in partner.heard] == ["waited"]


async def test_two_people_do_not_overwrite_each_other(scene: Scene) -> None:
    endpoint = await scene.create()
    body = {"url": scene.partner.url("/new"), "event_types": [RECEIVED, "ticket.opened"]}
    path = f"/webhooks/{endpoint['id']}"
    call = scene.directory.call
    answer = await call(scene.owner, "PUT", path, {**body, "version": 1})
    assert answer.json() == {"id": endpoint["id"], "version": 2}
    answer = await call(scene.owner, "PUT", path, {**body, "version": 1})
    assert said(answer) == (409, "directory.changed_meanwhile")
    assert (await scene.do("GET", f"/{endpoint['id']}"))["url"] == scene.partner.url("/new")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.com/", "https"),
        ("https://user:secret@example.com/", "user name"),
        ("https://10.0.0.1/", "public internet"),
        ("https://169.254.169.254/latest/meta-data", "public internet"),
        ("https://[::ffff:10.0.0.1]/", "public internet"),
        ("https://example.com:6379/", "port"),
        ("https://example.com:22/", "port"),
        ("https://example.com/#part", "#"),
    ],
)
async def test_an_address_must_be_one_for_webhooks(scene: Scene, url: str, why: str) -> None:
    body = {"url": url, "event_types": [RECEIVED]}
    answer = await scene.directory.call(scene.owner, "POST", "/webhooks", body)
    assert said(answer) == (422, "directory.webhook_address")
    assert why in answer.json()["detail"]
    assert await scene.do("GET", "") == []


async def test_there_is_an_end_to_endpoints(scene: Scene) -> None:
    for _ in range(MOST_ENDPOINTS):
        await scene.create()
    body = {"url": scene.partner.url(), "event_types": [RECEIVED]}
    answer = await scene.directory.call(scene.owner, "POST", "/webhooks", body)
    assert said(answer) == (409, "directory.too_many_webhooks")


async def test_every_change_stands_in_the_audit_log_without_a_secret(scene: Scene) -> None:
    endpoint = await scene.create("/hook?token=hidden")
    body = {"url": scene.partner.url("/hook?token=veiled"), "event_types": ["ticket.opened"]}
    await scene.do("PUT", f"/{endpoint['id']}", {**body, "version": 1})
    secret = (await scene.do("POST", f"/{endpoint['id']}/secret", {}))["secret"]
    await scene.do("POST", f"/{endpoint['id']}/disable")
    await scene.do("POST", f"/{endpoint['id']}/enable", {})
    await scene.do("DELETE", f"/{endpoint['id']}")
    entries = await scene.directory.audit(scene.owner, f"?object_id={endpoint['id']}")
    assert [it["action"] for it in reversed(entries)] == [
        "webhook.created",
        "webhook.edited",
        "webhook.secret_rotated",
        "webhook.disabled",
        "webhook.enabled",
        "webhook.removed",
    ]
    assert all(word not in str(entries) for word in (secret, endpoint["secret"], "token"))
    assert await scene.do("GET", "") == []


async def test_a_removed_endpoint_is_told_nothing(scene: Scene, partner: PartnerHand) -> None:
    endpoint = await scene.create()
    await scene.tell(scene.received())
    await scene.do("DELETE", f"/{endpoint['id']}")
    await scene.tell(scene.received())
    assert await scene.work() == 0
    assert not partner.heard


async def test_secrets_survive_a_change_of_the_key_and_end_when_they_are_over(
    scene: Scene, partner: PartnerHand, database_urls: Urls, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    new = (await scene.do("POST", f"/{endpoint['id']}/secret", {"overlap_hours": 1}))["secret"]
    clock.advance(timedelta(hours=1))
    keys = "the-key-that-comes-after-the-first,a-key-for-tests-only-of-some-length"
    async with running_directory(database_urls, clock, keep=True, credential_keys=keys) as hand:
        await hand.service.parts.loops["wake_sweep"]()
        await hand.drain(SWEEP)
        async with hand.service.database.read(scene.owner.workspace_id) as read:
            stored = await read.all(text("SELECT key_id FROM webhook_secrets"))
        vault = hand.service.app.state.tools.vault
        assert [row.key_id for row in stored] == [vault.key_id]
        await scene.tell(scene.received())
        await hand.drain(DELIVER)
    assert partner.heard[0].is_signed_with(new)
