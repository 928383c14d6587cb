"""No more mail, by the link that stands in each: it works without a login."""

from services.team_directory.commands.notifications import stop_mail
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import UnsubscribeLinkError
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.members import Members
from shared.db.database import Database
from shared.identity import ActorKind, Identity


async def unsubscribe(database: Database, tools: Tools, token: str) -> None:
    """Repeating it changes nothing; somebody who has left gets no mail anyway."""
    whose = tools.mail_room.signer.read(token) if tools.mail_room else None
    if whose is None:
        raise UnsubscribeLinkError
    workspace_id, person_id = whose
    async with database.begin(workspace_id) as tx:
        if await Members(tx).seen(person_id) is None:
            return
        await stop_mail(tx, person_id)
        actor = Actor(Identity(person_id, ActorKind.PERSON, workspace_id))
        record(tx, actor, Change("person.unsubscribed", person_id))
