"""Teams: a name, a lead, and members."""

from typing import Any
from uuid import UUID

from shared.events.base import Event
from shared.events.team_directory import AccessChanged, MemberSaved, TeamRemoved, TeamSaved
from tests.support.team_directory import DirectoryHand, Somebody


async def _create(directory: DirectoryHand, owner: Somebody, **body: Any) -> UUID:
    answer = await directory.call(owner, "POST", "/teams", {"name": "Care", **body})
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


def _teams_of_members(events: list[Event]) -> dict[UUID, tuple[UUID, ...]]:
    return {it.person_id: it.team_ids for it in events if isinstance(it, MemberSaved)}


async def test_a_team_is_announced_and_so_is_what_its_members_now_see(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "community_manager")
    await directory.forget_events()
    team_id = await _create(directory, owner, lead_id=str(ben.id), member_ids=[str(owner.id)])
    events = await directory.events()
    everybody = tuple(sorted([owner.id, ben.id]))
    assert events[0] == TeamSaved(
        workspace_id=owner.workspace_id, team_id=team_id, name="Care", member_ids=everybody
    )
    assert _teams_of_members(events) == {ben.id: (team_id,), owner.id: (team_id,)}
    assert [it.actor_id for it in events if isinstance(it, AccessChanged)] == list(everybody)
    assert (await directory.identity(ben.token)).team_ids == {team_id}
    listed = (await directory.call(ben, "GET", "/teams")).json()
    assert [(team["name"], team["lead_id"]) for team in listed] == [("Care", str(ben.id))]


async def test_only_who_comes_or_goes_is_told_about(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "community_manager")
    team_id = await _create(directory, owner, member_ids=[str(owner.id), str(ben.id)])
    await directory.forget_events()
    body = {"version": 1, "name": "Customer care", "member_ids": [str(owner.id)]}
    answer = await directory.call(owner, "PUT", f"/teams/{team_id}", body)
    assert answer.json() == {"id": str(team_id), "version": 2}
    events = await directory.events()
    assert events[0] == TeamSaved(
        workspace_id=owner.workspace_id,
        team_id=team_id,
        name="Customer care",
        member_ids=(owner.id,),
    )
    assert _teams_of_members(events) == {ben.id: ()}
    assert len(events) == 3


async def test_a_team_that_is_removed_leaves_its_members(
    directory: DirectoryHand, owner: Somebody
) -> None:
    team_id = await _create(directory, owner, member_ids=[str(owner.id)])
    await directory.forget_events()
    assert (await directory.call(owner, "DELETE", f"/teams/{team_id}")).status_code == 204
    events = await directory.events()
    assert events[0] == TeamRemoved(workspace_id=owner.workspace_id, team_id=team_id)
    assert _teams_of_members(events) == {owner.id: ()}
    assert (await directory.call(owner, "GET", "/teams")).json() == []
    line = (await directory.audit(owner, "?action=team.removed"))[0]
    assert line["before"]["name"] == "Care"


async def test_a_member_who_moves_to_another_team_leads_the_old_one_no_more(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "community_manager")
    old = await _create(directory, owner, lead_id=str(ben.id))
    new = await _create(directory, owner, name="Night")
    await directory.forget_events()
    body = {"version": 1, "team_ids": [str(new)]}
    assert (await directory.call(owner, "PATCH", f"/members/{ben.id}", body)).is_success
    teams = {
        it.team_id: it.member_ids for it in await directory.events() if isinstance(it, TeamSaved)
    }
    assert teams == {old: (), new: (ben.id,)}
    listed = {
        it["name"]: it["lead_id"] for it in (await directory.call(ben, "GET", "/teams")).json()
    }
    assert listed == {"Care": None, "Night": None}


async def test_strangers_do_not_join_and_names_are_not_shared(
    directory: DirectoryHand, owner: Somebody
) -> None:
    await _create(directory, owner)
    await directory.forget_events()
    stranger = {"name": "Night", "member_ids": ["018f0000-0000-7000-8000-000000000000"]}
    answer = await directory.call(owner, "POST", "/teams", stranger)
    assert (answer.status_code, answer.json()["code"]) == (404, "directory.member_not_found")
    answer = await directory.call(owner, "POST", "/teams", {"name": "Care"})
    assert (answer.status_code, answer.json()["code"]) == (409, "directory.name_taken")
    assert await directory.events() == []


async def test_a_team_takes_somebody_who_edits_the_directory(
    directory: DirectoryHand, owner: Somebody
) -> None:
    writer = await directory.join(owner, "copywriter")
    answer = await directory.call(writer, "POST", "/teams", {"name": "Care"})
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")
    manager = await directory.join(owner, "social_media_manager", email="m@acme.test")
    answer = await directory.call(manager, "POST", "/teams", {"name": "Care"})
    assert answer.status_code == 201
