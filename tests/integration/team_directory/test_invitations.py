"""Invitations by link."""

import asyncio
from datetime import timedelta
from uuid import UUID

from shared.clock import ManualClock
from shared.events.team_directory import AccessChanged, MemberSaved, TeamSaved
from tests.support.team_directory import PASSWORD, DirectoryHand, Somebody, said


async def test_somebody_new_joins_with_what_was_prepared(
    directory: DirectoryHand, owner: Somebody
) -> None:
    team = (await directory.call(owner, "POST", "/teams", {"name": "Care"})).json()["id"]
    invitation = await directory.invite(
        owner, "Ben@acme.test", ["community_manager"], team_ids=[team], sight="team"
    )
    preview = await directory.gateway("GET", f"/invitations/{invitation['token']}")
    assert preview.json() == {
        "workspace_name": "Acme",
        "inviter": "Ada Owner",
        "email": "ben@acme.test",
        "has_account": False,
    }
    await directory.forget_events()
    answer = await directory.accept(invitation["token"], locale="zh", time_zone="Asia/Shanghai")
    ben = await directory.signed_in(answer.json())
    roles = await directory.roles(owner)
    events = await directory.events()
    team_id = next(iter(ben.identity.team_ids))
    assert str(team_id) == team
    assert events == [
        TeamSaved(
            workspace_id=owner.workspace_id, team_id=team_id, name="Care", member_ids=(ben.id,)
        ),
        MemberSaved(
            workspace_id=owner.workspace_id,
            person_id=ben.id,
            name="Ben",
            email="ben@acme.test",
            locale="zh",
            time_zone="Asia/Shanghai",
            role_ids=(roles["community_manager"],),
            team_ids=(team_id,),
            sight="team",
        ),
        AccessChanged(workspace_id=owner.workspace_id, actor_id=ben.id),
    ]
    assert ben.identity.sight == "team"
    assert (await directory.call(owner, "GET", "/invitations")).json() == []


async def test_a_link_works_once_even_when_two_use_it_at_once(
    directory: DirectoryHand, owner: Somebody
) -> None:
    token = (await directory.invite(owner, "ben@acme.test", ["copywriter"]))["token"]
    answers = await asyncio.gather(directory.accept(token), directory.accept(token))
    first, second = sorted(answer.status_code for answer in answers)
    assert first == 200
    assert second in (401, 404)
    assert said(await directory.accept(token)) == (404, "directory.invitation_not_found")
    members = (await directory.call(owner, "GET", "/members")).json()["items"]
    assert [member["name"] for member in members] == ["Ada Owner", "Ben"]


async def test_many_are_invited_with_the_same_rights(
    directory: DirectoryHand, owner: Somebody
) -> None:
    roles = await directory.roles(owner)
    body = {
        "emails": ["ben@acme.test", "zoe@acme.test", "BEN@acme.test"],
        "role_ids": [str(roles["copywriter"])],
    }
    sent = (await directory.call(owner, "POST", "/invitations", body)).json()
    assert [it["email"] for it in sent] == ["ben@acme.test", "zoe@acme.test"]
    assert len({it["token"] for it in sent}) == 2
    listed = (await directory.call(owner, "GET", "/invitations")).json()
    assert {it["email"]: it["expired"] for it in listed} == {
        "ben@acme.test": False,
        "zoe@acme.test": False,
    }
    assert "token" not in listed[0]


async def test_a_link_expires_and_is_sent_again(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    invitation = await directory.invite(owner, "ben@acme.test", ["copywriter"], days=2)
    clock.advance(timedelta(days=2))
    refused = await directory.accept(invitation["token"])
    assert said(refused) == (404, "directory.invitation_not_found")
    path = f"/invitations/{invitation['id']}/resend"
    again = await directory.call(owner, "POST", path)
    assert again.status_code == 200
    assert (await directory.accept(invitation["token"])).status_code == 404
    assert (await directory.accept(again.json()["token"])).status_code == 200


async def test_a_withdrawn_link_opens_nothing(directory: DirectoryHand, owner: Somebody) -> None:
    invitation = await directory.invite(owner, "ben@acme.test", ["copywriter"])
    path = f"/invitations/{invitation['id']}"
    assert (await directory.call(owner, "DELETE", path)).status_code == 204
    assert (await directory.accept(invitation["token"])).status_code == 404
    preview = await directory.gateway("GET", f"/invitations/{invitation['token']}")
    assert preview.status_code == 404
    assert said(await directory.call(owner, "DELETE", path))[0] == 404


async def test_who_has_an_account_proves_it_with_its_password(
    directory: DirectoryHand, owner: Somebody
) -> None:
    body = {"name": "Beta", "time_zone": "UTC"}
    beta = (await directory.call(owner, "POST", "/workspaces", body)).json()["id"]
    there = await directory.signed_in((await directory.log_in()).json(), workspace_id=UUID(beta))
    ben = await directory.join(owner, "copywriter")
    token = (await directory.invite(there, "ben@acme.test", ["social_analyst"]))["token"]
    preview = (await directory.gateway("GET", f"/invitations/{token}")).json()
    assert preview["has_account"] is True
    wrong = await directory.accept(token, password="not the password")
    assert said(wrong) == (401, "directory.login_failed")
    answer = await directory.accept(token, name="Somebody else", password=PASSWORD)
    assert answer.status_code == 200
    assert answer.json()["person"]["name"] == "Ben"
    assert [it["name"] for it in answer.json()["workspaces"]] == ["Acme", "Beta"]
    assert (await directory.identity(ben.token, there.workspace_id)).actor_id == ben.id


async def test_a_member_is_not_invited_again(directory: DirectoryHand, owner: Somebody) -> None:
    await directory.join(owner, "copywriter")
    roles = await directory.roles(owner)
    body = {
        "emails": ["new@acme.test", "ben@acme.test"],
        "role_ids": [str(roles["copywriter"])],
    }
    answer = await directory.call(owner, "POST", "/invitations", body)
    assert said(answer) == (409, "directory.already_member")
    assert answer.json()["data"] == {"email": "ben@acme.test"}
    assert (await directory.call(owner, "GET", "/invitations")).json() == []


async def test_nobody_invites_with_more_than_they_have(
    directory: DirectoryHand, owner: Somebody
) -> None:
    head = await directory.join(owner, "head_of_social")
    roles = await directory.roles(owner)
    for role, code in [
        ("administrator", "directory.grant_too_high"),
        ("owner", "directory.owners_only"),
    ]:
        body = {"emails": ["eve@acme.test"], "role_ids": [str(roles[role])]}
        assert said(await directory.call(head, "POST", "/invitations", body)) == (403, code)
    invitation = await directory.invite(owner, "eve@acme.test", ["administrator"])
    resent = await directory.call(head, "POST", f"/invitations/{invitation['id']}/resend")
    assert said(resent) == (403, "directory.grant_too_high")
    assert len((await directory.call(owner, "GET", "/invitations")).json()) == 1


async def test_nobody_comes_in_on_the_word_of_somebody_who_left(
    directory: DirectoryHand, owner: Somebody
) -> None:
    head = await directory.join(owner, "head_of_social")
    invitation = await directory.invite(head, "eve@acme.test", ["copywriter"])
    assert (await directory.call(owner, "DELETE", f"/members/{head.id}")).status_code == 204
    assert (await directory.accept(invitation["token"])).status_code == 404
