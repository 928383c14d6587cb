"""The card of a customer, their history across profiles, and two cards that are one person."""

from uuid import UUID

from services.inbox.models import Contact, ContactIdentity, Conversation
from shared.clock import ManualClock
from shared.events.inbox import ContactSaved
from shared.ids import new_id
from shared.permissions import Sight
from tests.support.inbox_desk import InboxDesk


async def test_a_card_shows_identities_and_the_history_that_one_may_see(
    desk: InboxDesk, clock: ManualClock
) -> None:
    grace, other_profile = await desk.contact("Grace"), await desk.profile()
    await desk.conversation("first", grace)
    await desk.conversation("second", grace, profile_id=other_profile)

    card = (await desk.call("GET", f"/contacts/{grace}")).json()
    assert (card["name"], card["first_seen_at"][:19]) == ("Grace", clock.now().isoformat()[:19])
    assert [(one["network"], one["handle"]) for one in card["identities"]] == [("fake", "grace")]
    history = (await desk.call("GET", f"/contacts/{grace}/history")).json()
    assert [item["text"] for item in history["items"]] == ["second", "first"]

    narrow = desk.identity(profile_ids=frozenset({desk.profile_id}))
    history = (await desk.call("GET", f"/contacts/{grace}/history", narrow)).json()
    assert [item["text"] for item in history["items"]] == ["first"]
    blind = desk.identity(sight=Sight.ASSIGNED)
    assert (await desk.call("GET", f"/contacts/{grace}", blind)).status_code == 404


async def test_a_card_is_corrected_by_one_at_a_time(desk: InboxDesk) -> None:
    grace, vip = await desk.contact("Grace"), await desk.tag("VIP", "contact")
    await desk.conversation(contact_id=grace)
    body = {"expected_version": 1, "name": "Grace O.", "tag_ids": [str(vip)]}
    assert (await desk.call("PATCH", f"/contacts/{grace}", json=body)).json() == {"version": 2}
    stale = await desk.call("PATCH", f"/contacts/{grace}", json=body)
    assert (stale.status_code, stale.json()["code"]) == (409, "inbox.contact_changed")
    strange = {"expected_version": 2, "tag_ids": [str(new_id())]}
    assert (await desk.call("PATCH", f"/contacts/{grace}", json=strange)).status_code == 404
    row = await desk.row(Contact, grace)
    assert (row.name, row.tag_ids, row.attributes, row.version) == ("Grace O.", [vip], {}, 2)
    assert await desk.events() == [
        ContactSaved(
            workspace_id=desk.workspace_id,
            contact_id=grace,
            contact_version=2,
            by=desk.me,
            name="Grace O.",
        )
    ]


async def test_two_cards_become_one(desk: InboxDesk) -> None:
    kept, merged = await desk.contact("Grace"), await desk.contact("G. Okafor")
    conversations = [await desk.conversation(contact_id=id_) for id_ in (kept, merged)]
    path = f"/contacts/{kept}/merge"

    answer = await desk.call("POST", path, json={"merged_contact_id": str(merged)})

    assert answer.json() == {"version": 2}, answer.text
    assert [contact.id for contact in await desk.rows(Contact)] == [kept]
    owners = {one.contact_id for one in await desk.rows(ContactIdentity)}
    assert owners == {kept}
    assert {(await desk.row(Conversation, id_)).contact_id for id_ in conversations} == {kept}
    history = (await desk.call("GET", f"/contacts/{kept}/history")).json()
    assert {UUID(item["conversation_id"]) for item in history["items"]} == set(conversations)
    (event,) = await desk.events()
    assert isinstance(event, ContactSaved)
    assert (event.contact_id, event.merged_contact_id) == (kept, merged)

    itself = await desk.call("POST", path, json={"merged_contact_id": str(kept)})
    assert (itself.status_code, itself.json()["code"]) == (422, "inbox.contact_merge_itself")
    again = await desk.call("POST", path, json={"merged_contact_id": str(merged)})
    assert again.status_code == 404
