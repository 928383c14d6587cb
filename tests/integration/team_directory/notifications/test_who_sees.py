"""What somebody may not see any more is in no list and in no count."""

from typing import Any

from shared.http.tokens import identity_from_claims
from tests.support.profiles import connect
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody
from tests.support.tidings import Tidings


async def changed(
    directory: DirectoryHand, owner: Somebody, person: Somebody, **body: Any
) -> Somebody:
    """The person, once the owner has changed what they may do."""
    member = (await directory.call(owner, "GET", f"/members/{person.id}")).json()
    whole = {"version": member["version"], **body}
    answer = await directory.call(owner, "PATCH", f"/members/{person.id}", whole)
    assert answer.status_code == 200, answer.text
    return Somebody(person.id, person.token, await directory.identity(person.token))


async def test_nobody_reads_what_another_is_told(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "community_manager")
    await tidings.tell(tidings.assigned(ben))
    (told,) = await tidings.listed(ben)
    assert (await tidings.listed(owner), await tidings.unread(owner)) == ([], 0)
    body = {"notification_ids": [told["id"]]}
    answer = await directory.call(owner, "POST", "/notifications/read", body)
    assert answer.json() == {"read": 0}
    assert await tidings.unread(ben) == 1


async def test_a_workspace_does_not_show_what_another_tells(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    await tidings.tell(tidings.assigned(owner))
    made = await directory.call(owner, "POST", "/workspaces", {"name": "Other", "time_zone": "UTC"})
    there = await directory.identity(owner.token, made.json()["id"])
    elsewhere = Somebody(owner.id, owner.token, there)
    assert (await tidings.unread(owner), await tidings.unread(elsewhere)) == (1, 0)
    answer = await directory.call(elsewhere, "POST", "/notifications/read-all", {})
    assert answer.json() == {"read": 0}
    assert await tidings.unread(owner) == 1


async def test_who_loses_the_module_or_the_profile_sees_it_no_more(
    tidings: Tidings, directory: DirectoryHand, sandbox: SandboxHand, owner: Somebody
) -> None:
    await sandbox.account(handle="acme")
    tidings.profile_id = await connect(directory, sandbox, owner, "acme")
    roles = await directory.roles(owner)
    ben = await directory.join(owner, "community_manager")
    await tidings.tell(tidings.assigned(ben))
    assert await tidings.titles(ben) == ["Parley assigned you a conversation on acme"]

    confined = await changed(directory, owner, ben, profile_ids=[])
    assert (await tidings.listed(confined), await tidings.unread(confined)) == ([], 0)
    back = await changed(directory, owner, ben, profile_ids=[str(tidings.profile_id)])
    assert await tidings.unread(back) == 1
    drawing = await changed(directory, owner, ben, role_ids=[str(roles["graphic_designer"])])
    assert (await tidings.listed(drawing), await tidings.unread(drawing)) == ([], 0)


async def test_who_sees_only_their_own_sees_it_as_long_as_it_is_theirs(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    product = await directory.join(owner, "product_manager")
    first = tidings.assigned(product)
    await tidings.tell(first)
    assert await tidings.unread(product) == 1
    about = first.model_dump(include={"conversation_id", "profile_id"})
    taken = tidings.assigned(
        owner, **about, conversation_version=3, previous_assignee_id=product.id
    )
    await tidings.tell(taken)
    assert (await tidings.listed(product), await tidings.unread(product)) == ([], 0)
    # A mention in what is not theirs is not shown either, until it is theirs again.
    await tidings.tell(
        tidings.noted(product, **about, conversation_version=4, assignee_id=owner.id)
    )
    assert await tidings.unread(product) == 0
    await tidings.tell(tidings.assigned(product, **about, conversation_version=5))
    assert await tidings.unread(product) == 3


async def test_an_older_event_does_not_give_it_back(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    product = await directory.join(owner, "product_manager")
    first = tidings.assigned(product)
    about = first.model_dump(include={"conversation_id", "profile_id"})
    await tidings.tell(tidings.assigned(owner, **about, conversation_version=3))
    await tidings.tell(first)
    assert await tidings.unread(product) == 0


async def test_a_team_sees_what_is_its_own(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    cara = await directory.join(owner, "customer_service_representative")
    body = {"name": "Care", "member_ids": [str(cara.id)]}
    team_id = (await directory.call(owner, "POST", "/teams", body)).json()["id"]
    cara = Somebody(cara.id, cara.token, await directory.identity(cara.token))
    first = tidings.noted(cara, team_id=team_id)
    await tidings.tell(first, tidings.noted(cara))
    assert await tidings.unread(cara) == 1


async def test_an_api_key_is_nobody_to_be_told(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    await tidings.tell(tidings.assigned(owner))
    body = {"name": "key", "levels": {"inbox": 4}}
    secret = (await directory.call(owner, "POST", "/api-keys", body)).json()["secret"]
    answer = await directory.gateway(
        "POST", "/api-keys/resolve", {"key": secret, "ip": "203.0.113.7"}
    )
    key = identity_from_claims(answer.json()["identity"])
    assert (await directory.call(key, "GET", "/notifications")).json()["items"] == []
    refused = await directory.call(key, "POST", "/notifications/read-all", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "directory.not_a_person")
    assert await tidings.unread(owner) == 1
