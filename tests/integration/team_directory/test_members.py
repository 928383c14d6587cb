"""Members: what they are like, what they may do, and how they leave."""

import asyncio
from uuid import UUID

import pytest

from shared.events.team_directory import AccessChanged, MemberLeft, MemberSaved, TeamSaved
from shared.http.pages import encode_cursor
from shared.permissions import Level, Module, Sight
from tests.support.team_directory import DirectoryHand, Somebody, said


async def _version(directory: DirectoryHand, owner: Somebody, member_id: UUID) -> int:
    found = (await directory.call(owner, "GET", f"/members/{member_id}")).json()
    return int(found["version"])


async def test_a_cursor_that_was_made_up_and_a_text_with_nul_are_refused(
    directory: DirectoryHand, owner: Somebody
) -> None:
    for cursor in ("nonsense", encode_cursor("a", "b"), encode_cursor({}, 1)):
        answer = await directory.call(owner, "GET", f"/members?cursor={cursor}")
        assert said(answer) == (422, "pages.cursor")
    answer = await directory.call(owner, "GET", "/members?text=%00")
    assert said(answer) == (422, "database.unstorable_text")
    body = {"version": 1, "name": "A\x00da"}
    answer = await directory.call(owner, "PATCH", f"/members/{owner.id}", body)
    assert said(answer) == (422, "database.unstorable_text")
    body = {"version": 1, "working_hours": {"mon": [["09:00Z", "12:00"]]}}
    answer = await directory.call(owner, "PATCH", f"/members/{owner.id}", body)
    assert said(answer) == (422, "malformed_request")


async def test_members_and_teams_change_at_once_without_standing_in_each_others_way(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "community_manager")
    team = (await directory.call(owner, "POST", "/teams", {"name": "Care"})).json()["id"]
    for version in range(1, 6):
        into = {"version": version, "name": "Care", "member_ids": [str(ben.id), str(owner.id)]}
        out = {"version": version, "team_ids": [team] if version % 2 else []}
        answers = await asyncio.gather(
            directory.call(owner, "PUT", f"/teams/{team}", into),
            directory.call(owner, "PATCH", f"/members/{ben.id}", out),
            directory.call(owner, "PATCH", f"/members/{owner.id}", out),
        )
        assert [answer.status_code for answer in answers] == [200, 200, 200]


async def test_the_directory_lists_people_by_name_and_finds_them(
    directory: DirectoryHand, owner: Somebody
) -> None:
    zoe = await directory.join(owner, "copywriter", email="zoe@acme.test")
    ben = await directory.join(owner, "social_analyst", email="ben@acme.test")
    body = {"version": 1, "skills": ["Photography"]}
    await directory.call(owner, "PATCH", f"/members/{zoe.id}", body)
    roles = await directory.roles(owner)

    async def found(query: str) -> list[str]:
        answer = await directory.call(owner, "GET", f"/members{query}")
        return [member["name"] for member in answer.json()["items"]]

    assert await found("") == ["Ada Owner", "Ben", "Zoe"]
    assert await found("?text=ZOE") == ["Zoe"]
    assert await found("?text=photo") == ["Zoe"]
    assert await found("?text=%25") == []
    assert await found(f"?role_id={roles['social_analyst']}") == ["Ben"]
    first = (await directory.call(owner, "GET", "/members?limit=2")).json()
    assert [member["id"] for member in first["items"]] == [str(owner.id), str(ben.id)]
    assert await found(f"?limit=2&cursor={first['next_cursor']}") == ["Zoe"]


async def test_a_member_changes_in_access_and_the_others_hear_of_it(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "copywriter")
    roles = await directory.roles(owner)
    await directory.forget_events()
    body = {
        "version": 1,
        "role_ids": [str(roles["community_manager"]), str(roles["social_analyst"])],
        "sight": "team",
    }
    answer = await directory.call(owner, "PATCH", f"/members/{ben.id}", body)
    assert answer.json() == {"id": str(ben.id), "version": 2}
    role_ids = tuple(sorted([roles["community_manager"], roles["social_analyst"]]))
    assert await directory.events() == [
        MemberSaved(
            workspace_id=owner.workspace_id,
            person_id=ben.id,
            name="Ben",
            email="ben@acme.test",
            locale="en",
            time_zone="UTC",
            role_ids=role_ids,
            sight="team",
        ),
        AccessChanged(workspace_id=owner.workspace_id, actor_id=ben.id),
    ]
    shown = (await directory.call(owner, "GET", f"/members/{ben.id}")).json()["access"]
    assert (shown["levels"]["inbox"], shown["levels"]["analytics"]) == (3, 4)
    assert (shown["sight"], len(shown["rights"])) == ("team", 10)
    identity = await directory.identity(ben.token)
    assert identity.levels[Module.INBOX] is Level.APPROVE
    assert identity.levels[Module.ANALYTICS] is Level.ADMINISTER
    assert identity.sight is Sight.TEAM
    line = (await directory.audit(owner, "?action=member.edited"))[0]
    assert line["before"] == {"role_ids": [str(roles["copywriter"])], "sight": None}
    assert line["after"] == {"role_ids": [str(it) for it in role_ids], "sight": "team"}
    assert (line["ip"], line["user_agent"]) == ("198.51.100.4", "Safari")
    assert line["actor_name"] == "Ada Owner"


async def test_two_people_never_overwrite_each_other(
    directory: DirectoryHand, owner: Somebody
) -> None:
    first = {"version": 1, "skills": ["Photography"]}
    assert (await directory.call(owner, "PATCH", f"/members/{owner.id}", first)).is_success
    await directory.forget_events()
    late = {"version": 1, "skills": []}
    answer = await directory.call(owner, "PATCH", f"/members/{owner.id}", late)
    assert said(answer) == (409, "directory.changed_meanwhile")
    assert answer.json()["data"] == {"version": 2}
    member = (await directory.call(owner, "GET", f"/members/{owner.id}")).json()
    assert member["skills"] == ["Photography"]
    assert await directory.events() == []


async def test_one_describes_oneself_but_not_others(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "copywriter")
    body = {
        "version": 1,
        "name": "Benjamin",
        "time_zone": "Asia/Shanghai",
        "languages": ["en", "zh"],
        "working_hours": {"mon": [["09:00", "12:00"], ["13:00", "18:00"]]},
        "hours_time_zone": "Asia/Shanghai",
    }
    assert (await directory.call(ben, "PATCH", f"/members/{ben.id}", body)).status_code == 200
    member = (await directory.call(ben, "GET", f"/members/{ben.id}")).json()
    assert member["name"] == "Benjamin"
    assert member["working_hours"] == {"mon": [["09:00", "12:00"], ["13:00", "18:00"]]}
    answer = await directory.call(ben, "PATCH", f"/members/{owner.id}", body)
    assert said(answer) == (403, "permission_missing")


async def test_nobody_raises_themselves(directory: DirectoryHand, owner: Somebody) -> None:
    ben = await directory.join(owner, "copywriter")
    roles = await directory.roles(owner)
    await directory.forget_events()
    body = {"version": 1, "role_ids": [str(roles["administrator"])]}
    answer = await directory.call(ben, "PATCH", f"/members/{ben.id}", body)
    assert said(answer) == (403, "permission_missing")
    assert (await directory.identity(ben.token)).levels == ben.identity.levels
    assert await directory.events() == []


async def test_nobody_gives_more_than_they_have(directory: DirectoryHand, owner: Somebody) -> None:
    head = await directory.join(owner, "head_of_social", email="head@acme.test")
    ben = await directory.join(owner, "copywriter")
    roles = await directory.roles(owner)
    given = {"version": 1, "role_ids": [str(roles["brand_manager"])]}
    assert (await directory.call(head, "PATCH", f"/members/{ben.id}", given)).is_success
    await directory.forget_events()
    for role, code in [
        ("administrator", "directory.grant_too_high"),
        ("owner", "directory.owners_only"),
    ]:
        body = {"version": 2, "role_ids": [str(roles[role])]}
        answer = await directory.call(head, "PATCH", f"/members/{ben.id}", body)
        assert said(answer) == (403, code)
    assert await directory.events() == []


async def test_an_administrator_takes_nothing_from_an_owner(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "administrator")
    roles = await directory.roles(owner)
    body = {"version": 1, "role_ids": [str(roles["copywriter"])]}
    answer = await directory.call(ben, "PATCH", f"/members/{owner.id}", body)
    assert said(answer) == (403, "directory.owners_only")
    answer = await directory.call(ben, "DELETE", f"/members/{owner.id}")
    assert said(answer) == (403, "directory.owners_only")
    assert (await directory.identity(owner.token)).levels == owner.identity.levels


async def test_the_last_owner_stays(directory: DirectoryHand, owner: Somebody) -> None:
    roles = await directory.roles(owner)
    body = {"version": 1, "role_ids": [str(roles["administrator"])]}
    answer = await directory.call(owner, "PATCH", f"/members/{owner.id}", body)
    assert said(answer) == (409, "directory.last_owner")
    answer = await directory.call(owner, "DELETE", f"/members/{owner.id}")
    assert said(answer) == (409, "directory.last_owner")
    assert (await directory.identity(owner.token)).levels == owner.identity.levels
    assert await directory.events() == []


async def test_two_owners_who_demote_each_other_at_once_leave_one(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "owner")
    roles = await directory.roles(owner)
    body = {"version": 1, "role_ids": [str(roles["administrator"])]}
    answers = await asyncio.gather(
        directory.call(owner, "PATCH", f"/members/{ben.id}", body),
        directory.call(ben, "PATCH", f"/members/{owner.id}", body),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 403]


async def test_who_leaves_loses_access_and_their_work_is_announced(
    directory: DirectoryHand, owner: Somebody
) -> None:
    ben = await directory.join(owner, "administrator")
    key = await directory.call(ben, "POST", "/api-keys", {"name": "Script", "levels": {"inbox": 1}})
    team = await directory.call(owner, "POST", "/teams", {"name": "Care", "lead_id": str(ben.id)})
    await directory.forget_events()
    assert (await directory.call(owner, "DELETE", f"/members/{ben.id}")).status_code == 204
    workspace_id = owner.workspace_id
    key_id, team_id = UUID(key.json()["id"]), UUID(team.json()["id"])
    assert await directory.events() == [
        AccessChanged(workspace_id=workspace_id, actor_id=key_id),
        AccessChanged(workspace_id=workspace_id, actor_id=ben.id),
        TeamSaved(workspace_id=workspace_id, team_id=team_id, name="Care", member_ids=()),
        MemberLeft(workspace_id=workspace_id, person_id=ben.id),
    ]
    assert (await directory.resolve(ben.token, workspace_id)).status_code == 404
    alone = await directory.identity(ben.token)
    assert alone.levels == {}
    body = {"key": key.json()["secret"]}
    assert (await directory.gateway("POST", "/api-keys/resolve", body)).status_code == 401
    assert (await directory.call(owner, "GET", f"/members/{ben.id}")).status_code == 404


async def test_everybody_may_leave(directory: DirectoryHand, owner: Somebody) -> None:
    ben = await directory.join(owner, "administrator")
    assert (await directory.call(ben, "DELETE", f"/members/{ben.id}")).status_code == 204
    assert (await directory.resolve(ben.token, owner.workspace_id)).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/members"),
        ("GET", "/roles"),
        ("GET", "/teams"),
        ("GET", "/permissions"),
        ("GET", "/audit"),
        ("GET", "/invitations"),
        ("GET", "/profiles"),
        ("GET", "/networks"),
        ("GET", "/api-keys"),
    ],
)
async def test_without_a_role_nothing_is_shown(
    directory: DirectoryHand, owner: Somebody, method: str, path: str
) -> None:
    nobody = owner.identity.__class__(
        actor_id=owner.id, kind=owner.identity.kind, workspace_id=owner.workspace_id
    )
    assert said(await directory.call(nobody, method, path)) == (403, "permission_missing")
    assert (await directory.call(owner, method, path)).status_code == 200
