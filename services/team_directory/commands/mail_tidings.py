"""Gathering what a person is to be mailed: one mail for all of it, or the digest of a day."""

from datetime import timedelta
from uuid import UUID

from services.team_directory.commands.mail_ledger import enter_mail
from services.team_directory.commands.notify import TELL_DIGEST
from services.team_directory.domain.mail import MailKind
from services.team_directory.domain.notifications import EmailChoice
from services.team_directory.models import Notification
from services.team_directory.repository.notifications import Notifications
from services.team_directory.repository.people import People
from shared.db.transaction import Tx, WorkItem

# What waited longer, because no mail could be sent, is old news.
_FRESH = {EmailChoice.AT_ONCE: timedelta(days=1), EmailChoice.DIGEST: timedelta(days=7)}


async def gather(tx: Tx, item: WorkItem) -> None:
    """Put what waits into one mail; quiet hours that began meanwhile are kept."""
    person_id = UUID(item.key)
    digest = item.kind == TELL_DIGEST
    notifications = Notifications(tx)
    wishes = (await notifications.wishes([person_id])).get(person_id)
    if wishes is None:
        await tx.finish(item)
        return
    due_at = wishes.hours.mail_from(tx.now)
    if due_at > tx.now and not digest:
        await tx.retry(item, due_at=due_at)
        return
    choice = EmailChoice.DIGEST if digest else EmailChoice.AT_ONCE
    mail_id = tx.new_id()
    number = await notifications.put_into_mail(
        mail_id,
        Notification.person_id == person_id,
        Notification.email == choice,
        Notification.created_at > tx.now - _FRESH[choice],
    )
    if number:
        person = await People(tx).seen(person_id)
        kind = MailKind.DIGEST if digest else MailKind.NOTIFICATIONS
        await enter_mail(tx, mail_id, kind, person)
    await tx.finish(item)
