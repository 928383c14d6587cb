"""The first start: an owner and a workspace where there is nobody yet."""

from dataclasses import dataclass, field

from services.team_directory.commands.sessions import OpenedSession, Place, open_session
from services.team_directory.commands.sweep import SWEEP
from services.team_directory.commands.workspaces import found_workspace
from services.team_directory.domain.passwords import check_password
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import AlreadySetUpError
from services.team_directory.models import Person
from services.team_directory.repository.people import People
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True)
class FirstOwner:
    name: str
    email: str
    password: str = field(repr=False)
    workspace_name: str
    time_zone: str
    locale: str


async def set_up(tx: Tx, tools: Tools, owner: FirstOwner, place: Place) -> OpenedSession:
    """Make the first owner and sign them in; raises `AlreadySetUpError` ever after."""
    people = People(tx)
    if await people.any():
        raise AlreadySetUpError
    check_password(owner.password, owner.email)
    person = Person(
        id=tx.new_id(),
        email=owner.email.lower(),
        name=owner.name,
        locale=owner.locale,
        time_zone=owner.time_zone,
        password_hash=await tools.passwords.hash(owner.password),
        created_at=tx.now,
    )
    people.add(person)
    await found_workspace(tx, person, owner.workspace_name, owner.time_zone, place)
    await tx.schedule(SWEEP, "all")
    return await open_session(tx, person.id, place)
