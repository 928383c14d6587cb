"""The people of the demo and the profiles that they work with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from deploy.demo.desk import Desk, Person
from deploy.demo.past import CARERS, Workplace, opened
from services.team_directory.app import build
from services.team_directory.commands.connect import Wish, connect
from services.team_directory.domain.actor import Actor
from services.team_directory.settings import TeamDirectorySettings

PASSWORD = "alder-and-finch"  # noqa: S105 -- It is printed for everybody who starts the demo.
OWNER = Person("Mia Berger", "mia@alderfinch.example", "owner", "en", "Europe/Berlin")
TEAM = (
    Person("赵俊", "jun@alderfinch.example", "community_manager", "zh-Hans", "Asia/Shanghai"),
    Person("Inés Costa", "ines@alderfinch.example", "content_creator", "en", "Europe/Lisbon"),
    Person(
        "Sam Okafor",
        "sam@alderfinch.example",
        "customer_service_representative",
        "en",
        "Africa/Lagos",
    ),
    Person("Lena Hart", "lena@alderfinch.example", "social_analyst", "en", "America/New_York"),
)
_ACCOUNTS = ("alderfinch", "alderfinch_now", "alderfinch_shop")


async def connect_profiles(place: Workplace, at: datetime) -> None:
    """Connect every account that the brand has on the sandbox network, before anybody wrote there.

    What was written since then is no history to the inbox, but work.
    """
    async with opened(build, TeamDirectorySettings, at) as directory:
        for handle in _ACCOUNTS:
            answers = {"handle": handle, "access_code": f"code-{handle}"}
            actor = Actor(place.identity("owner"))
            wish = Wish("sandbox", answers)
            await connect(directory.database, directory.app.state.tools, actor, wish)


def gather_team(desk: Desk) -> Workplace:
    """Invite the team and accept for each of them."""
    roles = {role["template"]: role["id"] for role in desk.call("GET", "/team/roles")}
    for person in TEAM:
        invitation = {"emails": [person.email], "role_ids": [roles[person.role]]}
        (sent,) = desk.call("POST", "/team/invitations", invitation)
        _accept(desk, person, sent["token"])
    ids = {member["email"]: member["id"] for member in desk.call("GET", "/team/members")["items"]}
    members = {person.role: ids[person.email] for person in (OWNER, *TEAM)}
    team: dict[str, Any] = desk.call(
        "POST",
        "/team/teams",
        {
            "name": "Community",
            "member_ids": [members[role] for role in CARERS],
            "lead_id": members["community_manager"],
        },
    )
    return Workplace(
        workspace_id=UUID(desk.call("GET", "/session")["workspace_id"]),
        people={role: UUID(id_) for role, id_ in members.items()},
        team_id=UUID(team["id"]),
    )


def _accept(desk: Desk, person: Person, token: str) -> None:
    """In a browser of their own, so that the owner stays signed in here."""
    with desk.another() as theirs:
        theirs.call(
            "POST",
            f"/invitations/{token}",
            {
                "name": person.name,
                "password": PASSWORD,
                "locale": person.locale,
                "time_zone": person.time_zone,
            },
        )
