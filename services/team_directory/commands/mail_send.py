"""Sending one mail of the ledger: addressed first, written down as leaving, then handed over."""

from email.message import EmailMessage
from uuid import UUID

from services.team_directory.commands.mail_ledger import (
    begin_sending,
    conclude_failed,
    conclude_sent,
    settle,
)
from services.team_directory.commands.mail_letters import compose
from services.team_directory.domain.letters import wire
from services.team_directory.domain.mail import MailError, MailState, Step
from services.team_directory.domain.ports import MailRoom, Tools
from services.team_directory.repository.mails import Mails
from shared.db.database import Database
from shared.db.transaction import Tx, WorkItem

_LOST = Step(MailState.UNKNOWN, "mail.sender_lost", "The worker that sent this did not come back.")
_NOTHING_LEFT = Step(MailState.CANCELLED, "mail.nothing_left", "There was nothing to say any more.")


async def send_mail(database: Database, tools: Tools, room: MailRoom, item: WorkItem) -> None:
    """Until the message is on its way a failure has sent nothing, and it is tried again.

    From then on it is `sending`: whoever finds it so later cannot know and leaves it `unknown`.
    """
    async with database.begin(item.workspace_id) as tx:
        message = await _prepare(tx, tools, room, item)
    if message is None:
        return

    async def sent(tx: Tx) -> None:
        await conclude_sent(tx, item)

    try:
        async with room.mailer.open(str(message["To"].addresses[0].addr_spec)) as submission:
            async with database.begin(item.workspace_id) as tx:
                goes = await begin_sending(tx, item)
            if goes:
                await submission.send(wire(message))
                await database.insist(item.workspace_id, sent)
    except MailError as error:
        failure = error

        async def failed(tx: Tx) -> None:
            await conclude_failed(tx, item, failure)

        await database.insist(item.workspace_id, failed)


async def _prepare(tx: Tx, tools: Tools, room: MailRoom, item: WorkItem) -> EmailMessage | None:
    mail = await Mails(tx).find(UUID(item.key))
    await tx.hold(item)
    if mail is None:
        await tx.finish(item)
        return None
    if mail.state == MailState.SENDING:
        await settle(tx, item, mail, _LOST)
        return None
    if mail.state != MailState.PENDING:
        await tx.finish(item)
        return None
    message = await compose(tx, tools, room, mail)
    if message is None:
        await settle(tx, item, mail, _NOTHING_LEFT)
    return message
