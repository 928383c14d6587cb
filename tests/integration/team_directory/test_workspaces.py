"""Several workspaces in one installation: each sees itself only."""

from typing import Any
from uuid import UUID

import pytest

from shared.events.team_directory import AccessChanged, MemberSaved, WorkspaceSaved
from tests.support.profiles import connect
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody


@pytest.fixture
async def beta(directory: DirectoryHand, owner: Somebody) -> Somebody:
    """Ada in her second workspace, Beta."""
    body = {"name": "Beta", "time_zone": "Asia/Shanghai"}
    answer = await directory.call(owner, "POST", "/workspaces", body)
    assert answer.status_code == 201, answer.text
    workspace_id = UUID(answer.json()["id"])
    return Somebody(owner.id, owner.token, await directory.identity(owner.token, workspace_id))


async def test_a_further_workspace_has_its_maker_as_owner(
    directory: DirectoryHand, owner: Somebody, beta: Somebody
) -> None:
    roles = await directory.roles(beta)
    assert roles["owner"] not in (await directory.roles(owner)).values()
    assert await directory.events() == [
        WorkspaceSaved(workspace_id=beta.workspace_id, name="Beta", time_zone="Asia/Shanghai"),
        MemberSaved(
            workspace_id=beta.workspace_id,
            person_id=owner.id,
            name="Ada Owner",
            email="ada@acme.test",
            locale="en",
            time_zone="Europe/Berlin",
            role_ids=(roles["owner"],),
        ),
        AccessChanged(workspace_id=beta.workspace_id, actor_id=owner.id),
    ]
    listed = (await directory.call(beta, "GET", "/workspaces")).json()
    assert [(it["name"], it["current"]) for it in listed] == [("Acme", False), ("Beta", True)]


async def test_without_a_wish_one_enters_the_workspace_joined_first(
    directory: DirectoryHand, owner: Somebody, beta: Somebody
) -> None:
    assert beta.workspace_id != owner.workspace_id
    assert (await directory.identity(owner.token)).workspace_id == owner.workspace_id


async def test_a_workspace_of_others_cannot_be_entered(
    directory: DirectoryHand, owner: Somebody, beta: Somebody
) -> None:
    ben = await directory.join(owner, "administrator")
    for workspace_id in (beta.workspace_id, UUID(int=7)):
        answer = await directory.resolve(ben.token, workspace_id)
        code = answer.json()["code"]
        assert (answer.status_code, code) == (404, "directory.workspace_not_found")


async def test_a_workspace_is_renamed_by_who_has_seen_it(
    directory: DirectoryHand, owner: Somebody
) -> None:
    body = {"version": 1, "name": "Acme Ltd", "time_zone": "Europe/London"}
    answer = await directory.call(owner, "PUT", "/workspace", body)
    assert answer.json() == {"id": str(owner.workspace_id), "version": 2}
    assert await directory.events() == [
        WorkspaceSaved(workspace_id=owner.workspace_id, name="Acme Ltd", time_zone="Europe/London")
    ]
    answer = await directory.call(owner, "PUT", "/workspace", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "directory.changed_meanwhile")
    writer = await directory.join(owner, "copywriter")
    answer = await directory.call(writer, "PUT", "/workspace", {**body, "version": 2})
    assert answer.status_code == 403


async def test_a_new_name_of_a_person_is_told_in_each_of_their_workspaces(
    directory: DirectoryHand, owner: Somebody, beta: Somebody
) -> None:
    await directory.forget_events()
    body = {"version": 1, "name": "Ada Lovelace"}
    assert (await directory.call(owner, "PATCH", f"/members/{owner.id}", body)).is_success
    told = [it for it in await directory.events() if isinstance(it, MemberSaved)]
    assert [(it.workspace_id, it.name) for it in told] == [
        (owner.workspace_id, "Ada Lovelace"),
        (beta.workspace_id, "Ada Lovelace"),
    ]


async def test_what_belongs_to_another_workspace_is_not_there(
    directory: DirectoryHand, owner: Somebody, beta: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account()
    ben = await directory.join(owner, "copywriter")
    role = await directory.call(owner, "POST", "/roles", {"name": "Own", "levels": {}})
    team = await directory.call(owner, "POST", "/teams", {"name": "Care"})
    key = await directory.call(owner, "POST", "/api-keys", {"name": "Key", "levels": {}})
    invitation = await directory.invite(owner, "zoe@acme.test", ["copywriter"])
    profile_id = await connect(directory, sandbox, owner)
    before = await directory.audit(owner)
    await directory.forget_events()
    role_path, team_path = f"/roles/{role.json()['id']}", f"/teams/{team.json()['id']}"
    role_body = {"version": 1, "name": "Mine", "levels": {}}
    calls: list[tuple[str, str, Any]] = [
        ("GET", f"/members/{ben.id}", None),
        ("PATCH", f"/members/{ben.id}", {"version": 1, "name": "Eve"}),
        ("DELETE", f"/members/{ben.id}", None),
        ("POST", f"/members/{ben.id}/password-reset", None),
        ("PUT", role_path, role_body),
        ("POST", f"{role_path}/copy", {"name": "Copy"}),
        ("DELETE", role_path, None),
        ("PUT", team_path, {"version": 1, "name": "Mine"}),
        ("DELETE", team_path, None),
        ("DELETE", f"/api-keys/{key.json()['id']}", None),
        ("POST", f"/invitations/{invitation['id']}/resend", None),
        ("DELETE", f"/invitations/{invitation['id']}", None),
        ("GET", f"/profiles/{profile_id}", None),
        ("POST", f"/profiles/{profile_id}/check", None),
        ("POST", f"/profiles/{profile_id}/reconnect", {"answers": {}}),
        ("DELETE", f"/profiles/{profile_id}", None),
    ]
    for method, path, body in calls:
        answer = await directory.call(beta, method, path, body)
        assert answer.status_code == 404, (method, path, answer.text)
    assert await directory.events() == []
    assert await directory.audit(owner) == before


async def test_lists_show_what_belongs_to_the_workspace_and_no_more(
    directory: DirectoryHand, owner: Somebody, beta: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account()
    await directory.join(owner, "copywriter")
    await directory.call(owner, "POST", "/teams", {"name": "Care"})
    await directory.call(owner, "POST", "/api-keys", {"name": "Key", "levels": {}})
    await directory.invite(owner, "zoe@acme.test", ["copywriter"])
    await connect(directory, sandbox, owner)
    for path in ("/teams", "/api-keys", "/invitations", "/profiles"):
        assert (await directory.call(beta, "GET", path)).json() == []
        assert len((await directory.call(owner, "GET", path)).json()) == 1
    members = (await directory.call(beta, "GET", "/members")).json()["items"]
    assert [member["name"] for member in members] == ["Ada Owner"]


async def test_what_is_given_must_be_of_the_same_workspace(
    directory: DirectoryHand, owner: Somebody, beta: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account()
    roles, foreign_roles = await directory.roles(beta), await directory.roles(owner)
    team = await directory.call(owner, "POST", "/teams", {"name": "Care"})
    profile_id = await connect(directory, sandbox, owner)
    invite = {"emails": ["zoe@acme.test"], "role_ids": [str(roles["copywriter"])]}
    for changed in (
        {"role_ids": [str(foreign_roles["copywriter"])]},
        {"team_ids": [team.json()["id"]]},
        {"profile_ids": [str(profile_id)]},
    ):
        answer = await directory.call(beta, "POST", "/invitations", {**invite, **changed})
        assert answer.status_code == 404, changed
        if "role_ids" not in changed:
            body = {"version": 1, **changed}
            answer = await directory.call(beta, "PATCH", f"/members/{beta.id}", body)
            assert answer.status_code == 404, changed
    assert (await directory.call(beta, "GET", "/invitations")).json() == []


async def test_the_same_account_may_be_connected_in_two_workspaces(
    directory: DirectoryHand, owner: Somebody, beta: Somebody, sandbox: SandboxHand
) -> None:
    await sandbox.account()
    assert await connect(directory, sandbox, owner) != await connect(directory, sandbox, beta)
