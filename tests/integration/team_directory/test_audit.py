"""The audit log: filters and pages."""

from datetime import timedelta

from shared.clock import ManualClock
from tests.support.profiles import connect
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody


async def _write(directory: DirectoryHand, owner: Somebody, clock: ManualClock) -> None:
    """Five lines after the first two: a role made, changed and deleted; a team made and removed."""
    clock.advance(timedelta(hours=1))
    body = {"name": "Night", "levels": {"inbox": 1}}
    role = (await directory.call(owner, "POST", "/roles", body)).json()["id"]
    await directory.call(owner, "PUT", f"/roles/{role}", {**body, "version": 1, "duties": "More"})
    clock.advance(timedelta(hours=1))
    await directory.call(owner, "DELETE", f"/roles/{role}")
    team = (await directory.call(owner, "POST", "/teams", {"name": "Care"})).json()["id"]
    await directory.call(owner, "DELETE", f"/teams/{team}")


async def test_lines_are_found_by_what_who_and_when(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    await _write(directory, owner, clock)

    async def actions(query: str) -> list[str]:
        return [line["action"] for line in await directory.audit(owner, query)]

    assert await actions("?action=role") == ["role.deleted", "role.edited", "role.created"]
    assert await actions("?action=role.edited") == ["role.edited"]
    assert await actions("?since=2026-03-02T11:00:00Z") == [
        "team.removed",
        "team.created",
        "role.deleted",
    ]
    assert await actions("?until=2026-03-02T10:00:00Z") == [
        "person.signed_in",
        "workspace.created",
    ]
    role_id = (await directory.audit(owner, "?action=role.created"))[0]["object_id"]
    assert len(await actions(f"?object_id={role_id}")) == 3
    assert len(await actions(f"?actor_id={owner.id}")) == 7
    assert await actions(f"?actor_id={role_id}") == []


async def test_pages_follow_one_another_without_a_gap(
    directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    await _write(directory, owner, clock)
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await directory.call(owner, "GET", f"/audit?limit=3{cursor}")).json()
        seen += [line["id"] for line in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    everything = [line["id"] for line in await directory.audit(owner)]
    assert seen == everything
    assert len(set(seen)) == 7
    wrong = await directory.call(owner, "GET", "/audit?cursor=nonsense")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "pages.cursor")


async def test_only_who_administers_people_reads_it(
    directory: DirectoryHand, owner: Somebody
) -> None:
    manager = await directory.join(owner, "social_media_manager")
    answer = await directory.call(manager, "GET", "/audit")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")


async def test_what_was_done_to_a_profile_is_for_those_who_work_with_it(
    directory: DirectoryHand, sandbox: SandboxHand, owner: Somebody
) -> None:
    await sandbox.account(handle="first")
    await sandbox.account(handle="second")
    await connect(directory, sandbox, owner, "first")
    second = await connect(directory, sandbox, owner, "second")
    confined = await directory.join(owner, "administrator", profile_ids=[str(second)])

    lines = await directory.audit(confined, "?action=profile")
    assert [line["object_id"] for line in lines] == [str(second)]
    assert len(await directory.audit(owner, "?action=profile")) == 2
    assert await directory.audit(confined, "?action=invitation")
