"""Pages of the audit log and of people while both grow: each row is shown once."""

from hypothesis import HealthCheck, given, settings

from shared.ids import new_id
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.team_directory import DirectoryHand, Json, Somebody

once_for_all = settings(
    max_examples=6,
    deadline=None,
    # The workspace stays and grows from one example to the next.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


async def listed(directory: DirectoryHand, owner: Somebody, path: str, params: Json) -> Json:
    query = "&".join(f"{name}={value}" for name, value in params.items())
    answer = await directory.call(owner, "GET", f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_audit(
    directory: DirectoryHand, owner: Somebody, rows: list[int], turns: list[Turn]
) -> None:
    async def arrive(_moment: int) -> None:
        answer = await directory.call(owner, "POST", "/teams", {"name": f"Team {new_id()}"})
        assert answer.status_code == 201, answer.text

    for moment in rows:
        await arrive(moment)
    whole = await listed(directory, owner, "/audit", {"limit": 200})
    shown = await turned(lambda params: listed(directory, owner, "/audit", params), arrive, turns)
    assert_each_once(shown, [line["id"] for line in whole["items"]])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_members(
    directory: DirectoryHand, owner: Somebody, rows: list[int], turns: list[Turn]
) -> None:
    async def arrive(moment: int) -> None:
        """Somebody whom others share a name with."""
        count = len((await listed(directory, owner, "/members", {"limit": 200}))["items"])
        invitation = await directory.invite(owner, f"{count}@acme.test", ["copywriter"])
        answer = await directory.accept(invitation["token"], name=f"Name {moment}")
        assert answer.status_code == 200, answer.text

    for moment in rows[:3]:
        await arrive(moment)
    whole = await listed(directory, owner, "/members", {"limit": 200})
    shown = await turned(lambda params: listed(directory, owner, "/members", params), arrive, turns)
    assert_each_once(shown, [person["id"] for person in whole["items"]])
