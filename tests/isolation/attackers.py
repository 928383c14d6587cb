"""Those who want in, and the two workspaces that they stand between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx

from shared.permissions import Level, Module, Right
from tests.isolation.house import House
from tests.isolation.world import BOUND, NAMED, SHARED, Ids, World, furnish
from tests.support.team_directory import PASSWORD, Somebody

_EVERYTHING = {module.value: int(Level.ADMINISTER) for module in Module}


@dataclass(slots=True)
class Attacker:
    """`own` are ids that they may use, `words` what no answer may tell them."""

    name: str
    house: House
    own: Ids
    words: Sequence[str] = (SHARED, BOUND, NAMED)
    headers: dict[str, str] = field(default_factory=dict)
    person: Somebody | None = None
    traces: set[UUID] = field(default_factory=set)
    workspace: UUID | None = None

    async def renew(self) -> None:
        """Sign in again, after a route that ends the session."""
        if self.person is not None:
            email = f"{self.name}@example.test"
            answer = await self.house.directory.log_in(email)
            assert answer.status_code == 200, answer.text
            self.headers["cookie"] = f"parley_session={answer.json()['token']}"

    async def send(self, method: str, path: str, **request: object) -> httpx.Response:
        http = self.house.gateway.http
        return await http.request(method, path, headers=self.headers, **request)  # type: ignore[arg-type]  # httpx names each keyword.


@dataclass(frozen=True, slots=True)
class Cast:
    """The victim's workspace and everyone who is not to see it, or not all of it."""

    house: House
    victim: World
    strangers: World
    attackers: Mapping[str, Attacker]


async def cast_in(house: House) -> Cast:
    """Whoever set the installation up made the victim's workspace and was then shown out of it."""
    email = "stranger@example.test"
    strange = await house.directory.set_up(email=email, password=PASSWORD, name="Stranger")
    owner = await new_workspace(house, strange)
    victim = await furnish(house, owner, (BOUND, "birnenhof"), SHARED)
    strangers = await furnish(house, strange, ("pflaumenhof", "kirschhof"), "strange")
    # Ids of their own are good for any other request; what they own is no trace in the end.
    traces = {strange.id, strangers.workspace_id, *strangers.ids.values()}
    stranger = Attacker("stranger", house, strangers.ids, person=strange, traces=traces)
    found = [
        stranger,
        await _insider(house, victim, "powerless"),
        await _insider(house, victim, "confined", levels=_EVERYTHING),
        await _key(house, victim),
        Attacker("nobody", house, victim.ids),
    ]
    for attacker in found:
        await attacker.renew()
    return Cast(house, victim, strangers, {attacker.name: attacker for attacker in found})


async def new_workspace(house: House, strange: Somebody) -> Somebody:
    """A workspace of somebody else, who has its former owner no more."""
    call = house.directory.call
    body = {"name": NAMED, "time_zone": "UTC"}
    made = await call(strange, "POST", "/workspaces", body)
    assert made.status_code == 201, made.text
    workspace_id = UUID(made.json()["id"])
    identity = await house.directory.identity(strange.token, workspace_id)
    host = Somebody(strange.id, strange.token, identity)
    owner = await house.directory.join(host, "owner", email=f"{SHARED}.owner@example.test")
    gone = await call(owner, "DELETE", f"/members/{strange.id}")
    assert gone.status_code == 204, gone.text
    return owner


async def _insider(
    house: House, victim: World, name: str, levels: Mapping[str, int] | None = None
) -> Attacker:
    """Somebody of the same workspace: without any level, or with all but for one profile only."""
    rights = sorted(Right) if levels else []
    body = {"name": name, "levels": dict(levels or {}), "rights": rights}
    answer = await house.directory.call(victim.owner, "POST", "/roles", body)
    assert answer.status_code == 201, answer.text
    profiles = [str(victim.elsewhere["profile"])] if levels else None
    person = await house.directory.join(
        victim.owner, name, email=f"{name}@example.test", profile_ids=profiles
    )
    words = (BOUND,) if levels else (SHARED, BOUND)
    own = victim.elsewhere if levels else victim.ids
    return Attacker(name, house, own, words, person=person, traces={person.id})


async def _key(house: House, victim: World) -> Attacker:
    """A key that may look at numbers of one profile, and at nothing else."""
    body = {
        "name": "key",
        "levels": {"analytics": 1},
        "profile_ids": [str(victim.elsewhere["profile"])],
    }
    answer = await house.directory.call(victim.owner, "POST", "/api-keys", body)
    assert answer.status_code == 201, answer.text
    headers = {"authorization": f"Bearer {answer.json()['secret']}"}
    return Attacker("key", house, victim.ids, headers=headers)


def strange_id() -> UUID:
    """An id that nobody has."""
    return uuid4()
