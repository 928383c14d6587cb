"""The ledger's side of mail: what goes out is a row first, and what came of it stands there."""

from dataclasses import dataclass, field
from uuid import UUID

from services.team_directory.domain.mail import MailError, MailKind, MailState, Step, step_after
from services.team_directory.domain.ports import Tools
from services.team_directory.models import Mail, Person
from services.team_directory.repository.mails import Mails
from shared.db.transaction import Tx, WorkItem

MAIL = "team_directory.mail"


async def enter_mail(tx: Tx, mail_id: UUID, kind: MailKind, person: Person) -> None:
    """Have a mail sent to a person; what it says is put together when it leaves."""
    mail = Mail(
        workspace_id=tx.workspace_id,
        id=mail_id,
        kind=kind,
        recipient=person.email,
        person_id=person.id,
        locale=person.locale,
        state=MailState.PENDING,
        created_at=tx.now,
    )
    Mails(tx).add(mail)
    await tx.schedule(MAIL, str(mail.id))


@dataclass(frozen=True, slots=True)
class Link:
    """A link for somebody; `about_id` is the invitation, or the person."""

    kind: MailKind
    recipient: str
    locale: str
    about_id: UUID
    token: str = field(repr=False)


async def mail_link(tx: Tx, tools: Tools, link: Link) -> bool:
    """Have a link mailed as well; whether this installation sends mail at all.

    The end of the link is kept encrypted, and only until the mail is settled.
    """
    if tools.mail_room is None:
        return False
    mail = Mail(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        kind=link.kind,
        recipient=link.recipient,
        about_id=link.about_id,
        locale=link.locale,
        state=MailState.PENDING,
        created_at=tx.now,
    )
    mail.secret = tools.vault.seal(link.token.encode(), secret_place(mail)).ciphertext
    Mails(tx).add(mail)
    await tx.schedule(MAIL, str(mail.id))
    return True


def secret_place(mail: Mail) -> str:
    return f"mail/{mail.workspace_id}/{mail.id}"


async def begin_sending(tx: Tx, item: WorkItem) -> bool:
    """Write down that the message is about to go; False when that is no longer to be."""
    await tx.hold(item)
    mail = await Mails(tx).find(UUID(item.key))
    if mail is None or mail.state != MailState.PENDING:
        return False
    mail.state = MailState.SENDING
    mail.attempts += 1
    return True


async def conclude_sent(tx: Tx, item: WorkItem) -> None:
    """It was taken. Whoever saw that writes it down, even if the lease has run out meanwhile."""
    mail = await Mails(tx).find(UUID(item.key))
    if mail is not None:
        _settle(tx, mail, Step(MailState.SENT, "", ""))
    await tx.unschedule(item.kind, item.key)


async def conclude_failed(tx: Tx, item: WorkItem, error: MailError) -> None:
    mail = await Mails(tx).find(UUID(item.key))
    if mail is None:
        await tx.finish(item)
        return
    step = step_after(error, now=tx.now, made_at=mail.created_at, attempts=item.attempts)
    if step.due_at is None:
        _settle(tx, mail, step)
        await tx.finish(item)
        return
    mail.state, mail.code, mail.detail = step.state, step.code, step.detail
    await tx.retry(item, due_at=step.due_at)


async def settle(tx: Tx, item: WorkItem, mail: Mail, step: Step) -> None:
    _settle(tx, mail, step)
    await tx.finish(item)


def _settle(tx: Tx, mail: Mail, step: Step) -> None:
    mail.state = step.state
    mail.code = step.code or None
    mail.detail = step.detail or None
    mail.secret = None
    mail.settled_at = tx.now
