"""A new password for somebody who has forgotten theirs: a link by mail, and nothing else is said.

Whoever asks gets the same answer at once, whether there is such an account or not. Looking for it
and all that follows is done later, so that not even the time of the answer tells.
"""

from datetime import timedelta

from services.team_directory.commands.passwords import mail_reset
from services.team_directory.commands.sessions import Place
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.ports import Tools
from services.team_directory.domain.throttle import address_limit, reset_limit
from services.team_directory.models import Person
from services.team_directory.repository.audit import Change, record_everywhere
from services.team_directory.repository.people import People
from services.team_directory.repository.throttles import Throttles
from shared.db.transaction import Tx, WorkItem
from shared.identity import ActorKind, Identity

FORGOTTEN = "team_directory.password_forgotten"
LIFETIME = timedelta(hours=1)


async def ask_for_reset(tx: Tx, email: str, place: Place) -> None:
    """Have somebody look whose address this is; an address asks a few times an hour."""
    throttles = Throttles(tx)
    if place.ip:
        await throttles.take(address_limit(place.ip))
    await throttles.take(reset_limit(email))
    await tx.schedule(FORGOTTEN, f"{email} {place.ip}")


async def answer_request(tx: Tx, tools: Tools, item: WorkItem) -> None:
    """Mail a link to the person with this address, if there is one and mail can be sent."""
    email, _, ip = item.key.rpartition(" ")
    people = People(tx)
    person = await people.by_email(email)
    workspaces = await people.workspace_ids(person.id) if person is not None else ()
    if person is not None and workspaces and tools.mail_room is not None:
        await tx.enter_workspace(workspaces[0])
        await _mail(tx, tools, person, ip)
    await tx.finish(item)


async def _mail(tx: Tx, tools: Tools, person: Person, ip: str) -> None:
    """Links that were sent before go on working, or anybody could make them useless."""
    actor = Actor(Identity(person.id, ActorKind.PERSON, tx.workspace_id), ip, "")
    await record_everywhere(tx, actor, Change("person.reset_requested", person.id))
    await mail_reset(tx, tools, person, LIFETIME)
