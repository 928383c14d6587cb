"""The first start makes an owner, a workspace and its roles, once."""

from shared.events.team_directory import MemberSaved, WorkspaceSaved
from shared.permissions import Level, Module, Right
from tests.support.team_directory import OWNER, DirectoryHand


async def test_an_empty_installation_asks_for_its_first_owner(directory: DirectoryHand) -> None:
    assert (await directory.gateway("GET", "/setup")).json() == {"needed": True}
    await directory.set_up()
    assert (await directory.gateway("GET", "/setup")).json() == {"needed": False}


async def test_the_first_owner_is_signed_in_and_may_do_everything(directory: DirectoryHand) -> None:
    answer = await directory.gateway("POST", "/setup", OWNER)
    session = answer.json()
    assert answer.status_code == 201
    assert session["person"]["email"] == "ada@acme.test"
    assert [workspace["name"] for workspace in session["workspaces"]] == ["Acme"]
    owner = await directory.signed_in(session)
    assert owner.identity.levels == dict.fromkeys(Module, Level.ADMINISTER)
    assert owner.identity.rights == frozenset(Right)
    assert owner.identity.profile_ids is None
    roles = await directory.roles(owner)
    assert await directory.events() == [
        WorkspaceSaved(workspace_id=owner.workspace_id, name="Acme", time_zone="Europe/Berlin"),
        MemberSaved(
            workspace_id=owner.workspace_id,
            person_id=owner.id,
            name="Ada Owner",
            email="ada@acme.test",
            locale="en",
            time_zone="Europe/Berlin",
            role_ids=(roles["owner"],),
        ),
    ]
    actions = [line["action"] for line in await directory.audit(owner)]
    assert actions == ["person.signed_in", "workspace.created"]


async def test_nobody_becomes_the_first_owner_twice(directory: DirectoryHand) -> None:
    await directory.set_up()
    before = await directory.events()
    answer = await directory.gateway("POST", "/setup", {**OWNER, "email": "eve@evil.test"})
    assert (answer.status_code, answer.json()["code"]) == (409, "directory.already_set_up")
    assert await directory.events() == before


async def test_a_weak_password_is_refused_with_the_reason(directory: DirectoryHand) -> None:
    answer = await directory.gateway("POST", "/setup", {**OWNER, "password": "short"})
    assert (answer.status_code, answer.json()["code"]) == (422, "directory.password_refused")
    assert (await directory.gateway("GET", "/setup")).json() == {"needed": True}


async def test_only_the_gateway_may_ask(directory: DirectoryHand) -> None:
    async with directory.client() as nobody:
        assert (await nobody.post("/internal/setup", json=OWNER)).status_code == 401
    owner = await directory.set_up()
    answer = await directory.call(owner, "POST", "/internal/sessions/resolve", {"token": "x"})
    assert answer.status_code == 401
