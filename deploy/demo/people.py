"""The people of the demo and the profiles that they work with."""

from collections.abc import Mapping

from deploy.demo.desk import Desk, Person

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


def connect_profiles(desk: Desk) -> None:
    """Connect every account that the demo brand has on the sandbox network."""
    for handle in _ACCOUNTS:
        answers = {"handle": handle, "access_code": f"code-{handle}"}
        desk.call("POST", "/team/profiles", {"network": "sandbox", "answers": answers})


def gather_team(desk: Desk) -> Mapping[str, str]:
    """Invite the team and accept for each of them; person ids by role."""
    roles = {role["template"]: role["id"] for role in desk.call("GET", "/team/roles")}
    for person in TEAM:
        invitation = {"emails": [person.email], "role_ids": [roles[person.role]]}
        (sent,) = desk.call("POST", "/team/invitations", invitation)
        _accept(desk, person, sent["token"])
    ids = {member["email"]: member["id"] for member in desk.call("GET", "/team/members")["items"]}
    members = {person.role: ids[person.email] for person in (OWNER, *TEAM)}
    desk.call(
        "POST",
        "/team/teams",
        {
            "name": "Community",
            "member_ids": [
                members["community_manager"],
                members["customer_service_representative"],
            ],
            "lead_id": members["community_manager"],
        },
    )
    return members


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
