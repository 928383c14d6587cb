"""Roles of the workspace's own, and the matrix that explains them."""

from uuid import UUID

from shared.events.team_directory import AccessChanged
from shared.permissions import Level, Module
from tests.support.team_directory import DirectoryHand, Somebody, said

DRAFT = {
    "name": "Night shift",
    "duties": "Answers at night.",
    "levels": {"inbox": 2, "tickets": 1},
    "rights": ["reply_public", "like"],
    "sight": "team",
}


async def _create(directory: DirectoryHand, owner: Somebody) -> UUID:
    answer = await directory.call(owner, "POST", "/roles", DRAFT)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def test_a_workspace_begins_with_fifteen_roles_in_both_languages(
    directory: DirectoryHand, owner: Somebody
) -> None:
    roles = (await directory.call(owner, "GET", "/roles")).json()
    assert len(roles) == 15
    assert (roles[0]["template"], roles[0]["members"]) == ("owner", 1)
    community = next(role for role in roles if role["template"] == "community_manager")
    assert community["name"] == {"en": "Community manager", "zh": "社区经理"}
    assert community["levels"]["inbox"] == 3


async def test_the_matrix_explains_every_word(directory: DirectoryHand, owner: Somebody) -> None:
    matrix = (await directory.call(owner, "GET", "/permissions")).json()
    assert [it["key"] for it in matrix["modules"]] == [module.value for module in Module]
    assert [it["key"] for it in matrix["levels"]] == ["0", "1", "2", "3", "4"]
    assert matrix["rights"][3] == {
        "key": "hide",
        "text": {"en": "Hide from others", "zh": "隐藏"},
    }


async def test_a_role_of_ones_own_gives_what_it_says(
    directory: DirectoryHand, owner: Somebody
) -> None:
    await _create(directory, owner)
    ben = await directory.join(owner, "Night shift")
    assert ben.identity.levels == {Module.INBOX: Level.EDIT, Module.TICKETS: Level.VIEW}
    assert sorted(ben.identity.rights) == ["like", "reply_public"]
    assert ben.identity.sight == "team"


async def test_changing_a_role_changes_all_who_have_it(
    directory: DirectoryHand, owner: Somebody
) -> None:
    role_id = await _create(directory, owner)
    ben = await directory.join(owner, "Night shift")
    await directory.forget_events()
    body = {**DRAFT, "version": 1, "levels": {"inbox": 1}, "rights": []}
    answer = await directory.call(owner, "PUT", f"/roles/{role_id}", body)
    assert answer.json() == {"id": str(role_id), "version": 2}
    assert await directory.events() == [
        AccessChanged(workspace_id=owner.workspace_id, actor_id=ben.id)
    ]
    assert (await directory.identity(ben.token)).levels == {Module.INBOX: Level.VIEW}
    line = (await directory.audit(owner, "?action=role.edited"))[0]
    assert line["before"]["levels"] == {"inbox": 2, "tickets": 1}
    assert line["after"]["levels"] == {"inbox": 1}


async def test_a_copy_starts_with_what_the_original_allows(
    directory: DirectoryHand, owner: Somebody
) -> None:
    roles = await directory.roles(owner)
    path = f"/roles/{roles['community_manager']}/copy"
    answer = await directory.call(owner, "POST", path, {"name": "Junior community manager"})
    assert answer.status_code == 201
    listed = (await directory.call(owner, "GET", "/roles")).json()
    original = next(role for role in listed if role["template"] == "community_manager")
    copy = next(role for role in listed if role["id"] == answer.json()["id"])
    assert copy["template"] is None
    for name in ("levels", "rights", "sight"):
        assert copy[name] == original[name]


async def test_what_comes_with_parley_is_not_changed(
    directory: DirectoryHand, owner: Somebody
) -> None:
    roles = await directory.roles(owner)
    path = f"/roles/{roles['copywriter']}"
    answer = await directory.call(owner, "PUT", path, {**DRAFT, "version": 1})
    assert said(answer) == (409, "directory.role_built_in")
    answer = await directory.call(owner, "DELETE", path)
    assert said(answer) == (409, "directory.role_built_in")


async def test_a_role_is_deleted_when_nobody_has_it_or_is_invited_with_it(
    directory: DirectoryHand, owner: Somebody
) -> None:
    role_id = await _create(directory, owner)
    invitation = await directory.invite(owner, "zoe@acme.test", ["Night shift"])
    answer = await directory.call(owner, "DELETE", f"/roles/{role_id}")
    assert said(answer) == (409, "directory.role_in_use")
    await directory.call(owner, "DELETE", f"/invitations/{invitation['id']}")
    ben = await directory.join(owner, "Night shift")
    answer = await directory.call(owner, "DELETE", f"/roles/{role_id}")
    assert said(answer) == (409, "directory.role_in_use")
    await directory.call(owner, "DELETE", f"/members/{ben.id}")
    answer = await directory.call(owner, "DELETE", f"/roles/{role_id}")
    assert answer.status_code == 204
    assert "Night shift" not in await directory.roles(owner)


async def test_nobody_makes_a_role_that_allows_more_than_they_may(
    directory: DirectoryHand, owner: Somebody
) -> None:
    head = await directory.join(owner, "head_of_social")
    roles = await directory.roles(owner)
    too_high = {**DRAFT, "levels": {"ads": 4}}
    answer = await directory.call(head, "POST", "/roles", too_high)
    assert said(answer) == (403, "directory.grant_too_high")
    path = f"/roles/{roles['administrator']}/copy"
    answer = await directory.call(head, "POST", path, {"name": "My own administrator"})
    assert said(answer) == (403, "directory.grant_too_high")
    role_id = await _create(directory, owner)
    strong = {**DRAFT, "version": 1, "levels": {"moderation": 4}}
    assert (await directory.call(owner, "PUT", f"/roles/{role_id}", strong)).is_success
    weak = {**DRAFT, "version": 2}
    answer = await directory.call(head, "PUT", f"/roles/{role_id}", weak)
    assert said(answer) == (403, "directory.grant_too_high")
    assert len(await directory.roles(owner)) == 16


async def test_two_roles_do_not_share_a_name(directory: DirectoryHand, owner: Somebody) -> None:
    await _create(directory, owner)
    answer = await directory.call(owner, "POST", "/roles", DRAFT)
    assert said(answer) == (409, "directory.name_taken")


async def test_without_administering_people_no_role_is_made(
    directory: DirectoryHand, owner: Somebody
) -> None:
    manager = await directory.join(owner, "social_media_manager")
    answer = await directory.call(manager, "POST", "/roles", DRAFT)
    assert said(answer) == (403, "permission_missing")
    assert len(await directory.roles(owner)) == 15
