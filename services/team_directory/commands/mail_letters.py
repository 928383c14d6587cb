"""What a mail says at the moment when it leaves; None when there is nothing to say any more."""

from email.message import EmailMessage

from services.team_directory.commands.identities import identity_of_member
from services.team_directory.commands.mail_ledger import secret_place
from services.team_directory.domain.letters import Item, Letter, Reader, write
from services.team_directory.domain.mail import MailKind
from services.team_directory.domain.ports import MailRoom, Tools
from services.team_directory.models import Invitation, Mail, PasswordReset
from services.team_directory.repository.mails import Mails
from services.team_directory.repository.members import Members
from services.team_directory.repository.notification_views import path_of, title_of
from services.team_directory.repository.people import People
from services.team_directory.repository.workspaces import Workspaces
from shared.db.transaction import Tx


async def compose(tx: Tx, tools: Tools, room: MailRoom, mail: Mail) -> EmailMessage | None:
    match mail.kind:
        case MailKind.INVITATION:
            return await _invitation(tx, tools, room, mail)
        case MailKind.PASSWORD_RESET:
            return await _reset(tx, tools, room, mail)
    return await _tidings(tx, tools, room, mail)


async def _tidings(tx: Tx, tools: Tools, room: MailRoom, mail: Mail) -> EmailMessage | None:
    """Only what the reader may see now and has not read meanwhile."""
    member = await Members(tx).seen(mail.person_id) if mail.person_id else None
    if member is None:
        return None
    rows = await Mails(tx).tidings(mail.id, await identity_of_member(tx, member))
    if not rows:
        return None
    person = await People(tx).seen(member.id)
    token = room.signer.sign(tx.workspace_id, person.id)
    letter = Letter(
        id=mail.id,
        kind=MailKind(mail.kind),
        at=tx.now,
        workspace=(await Workspaces(tx).seen()).name,
        public_url=tools.public_url,
        items=[Item(title_of(row), path_of(row), row.facts) for row in rows],
        unsubscribe_url=f"{tools.public_url}/api/v1/unsubscribe/{token}",
    )
    return write(letter, Reader(mail.recipient, person.locale, person.time_zone), room.sender)


async def _invitation(tx: Tx, tools: Tools, room: MailRoom, mail: Mail) -> EmailMessage | None:
    """A link that was withdrawn, used or replaced by a newer one is not sent any more."""
    token = _token(tools, mail)
    invitation = await Mails(tx).open_invitation(mail.about_id, token) if mail.about_id else None
    if invitation is None:
        return None
    inviter = await People(tx).seen(invitation.invited_by)
    path = f"/join/{token}"
    return await _link(tx, (tools, room, mail), invitation, path, inviter.name)


async def _reset(tx: Tx, tools: Tools, room: MailRoom, mail: Mail) -> EmailMessage | None:
    token = _token(tools, mail)
    reset = await Mails(tx).open_reset(token)
    if reset is None:
        return None
    return await _link(tx, (tools, room, mail), reset, f"/reset/{token}", "")


def _token(tools: Tools, mail: Mail) -> str:
    return tools.vault.open(mail.secret or b"", secret_place(mail)).decode()


async def _link(
    tx: Tx,
    by: tuple[Tools, MailRoom, Mail],
    opens: Invitation | PasswordReset,
    path: str,
    inviter: str,
) -> EmailMessage:
    tools, room, mail = by
    workspace = await Workspaces(tx).seen()
    letter = Letter(
        id=mail.id,
        kind=MailKind(mail.kind),
        at=tx.now,
        workspace=workspace.name,
        public_url=tools.public_url,
        inviter=inviter,
        link=tools.public_url + path,
        valid_until=opens.expires_at,
    )
    return write(letter, Reader(mail.recipient, mail.locale, workspace.time_zone), room.sender)
