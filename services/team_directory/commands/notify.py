"""Telling people that something happened: each of them once, and nobody of their own deed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from services.team_directory.domain.mail_times import MailHours
from services.team_directory.domain.notifications import (
    Cause,
    Choice,
    EmailChoice,
    NotificationKind,
    told,
)
from services.team_directory.repository.matters import Matters
from services.team_directory.repository.members import Members
from services.team_directory.repository.notifications import Notifications, Told
from shared.db.transaction import Tx
from shared.events.team_directory import NotificationAdded, NotificationsRead
from shared.permissions import Level, Module

TELL_AT_ONCE = "team_directory.tell_at_once"
TELL_DIGEST = "team_directory.tell_digest"
# What happens within this time is one mail.
GATHERED = timedelta(seconds=10)

Group = tuple[NotificationKind, Sequence[UUID | None]]


async def notify(tx: Tx, cause: Cause, *groups: Group) -> None:
    """Tell these people; who is in several groups is told as one of the first.

    The same cause may come any number of times and in any order. Whether somebody may see it is
    asked when it is shown.
    """
    notifications = Notifications(tx)
    holders = await notifications.newest(cause.subject)
    recipients = told(cause, groups)
    if not recipients:
        return
    wishes = await notifications.wishes(recipients)
    people = {
        person_id: (kind, wishes[person_id].choices[kind])
        for person_id, kind in recipients.items()
        if person_id in wishes and _wanted(wishes[person_id].choices[kind])
    }
    new = await _add(tx, cause, people)
    await _tell_browsers(tx, cause, new, holders)
    for each in new:
        await _ask_for_mail(tx, each, wishes[each.person_id].hours)


async def _add(
    tx: Tx, cause: Cause, people: Mapping[UUID, tuple[NotificationKind, Choice]]
) -> Sequence[Told]:
    """What is news and not settled already: events come in any order."""
    at = tx.caused_at or tx.now
    if cause.matter is None:
        return await Notifications(tx).add(cause, at, people)
    matters = Matters(tx)
    await matters.hold(cause.matter)
    new = await Notifications(tx).add(cause, at, people)
    turned = await matters.turn(cause.matter)
    withdrawn = {each.id for each in turned if each.withdrawn}
    again = [
        Told(each.id, each.person_id, *people[each.person_id])
        for each in turned
        if not each.withdrawn and each.person_id in people
    ]
    return [*(each for each in new if each.id not in withdrawn), *again]


async def settle(tx: Tx, matter: str) -> None:
    """Withdraw what was told of a matter and nobody has read; browsers hear that it is gone."""
    gone: dict[UUID, list[UUID]] = {}
    for each in await Matters(tx).settle(matter, tx.caused_at or tx.now):
        if each.withdrawn:
            gone.setdefault(each.person_id, []).append(each.id)
    await tx.publish(
        *(
            NotificationsRead(
                workspace_id=tx.workspace_id, person_id=person_id, notification_ids=tuple(ids)
            )
            for person_id, ids in gone.items()
        )
    )


async def _ask_for_mail(tx: Tx, told_of: Told, hours: MailHours) -> None:
    """Have somebody look, when their mail is due, what there is to mail."""
    person = str(told_of.person_id)
    match told_of.choice.email:
        case EmailChoice.AT_ONCE:
            due_at = hours.mail_from(tx.now + GATHERED)
            await tx.request(TELL_AT_ONCE, person, due_at=due_at)
        case EmailChoice.DIGEST:
            await tx.request(TELL_DIGEST, person, due_at=hours.next_digest(tx.now))


def _wanted(choice: Choice) -> bool:
    return choice.in_app or choice.email is not EmailChoice.OFF


async def _tell_browsers(
    tx: Tx, cause: Cause, new: Sequence[Told], holders: tuple[UUID | None, UUID | None]
) -> None:
    subject = cause.subject
    assignee_id, team_id = holders
    await tx.publish(
        *(
            NotificationAdded(
                workspace_id=tx.workspace_id,
                person_id=each.person_id,
                notification_id=each.id,
                kind=each.kind,
                subject_type=subject.type,
                subject_id=subject.id,
                module=subject.module,
                profile_id=subject.profile_id,
                assignee_id=assignee_id,
                team_id=team_id,
            )
            for each in new
            if each.choice.in_app
        )
    )


async def who_may(tx: Tx, module: Module, level: Level, profile_id: UUID | None) -> list[UUID]:
    """The members who may do this much in a module, with this profile."""
    return [
        member_id
        for member_id, access in await Members(tx).with_access()
        if access.levels.get(module, Level.NONE) >= level
        and (profile_id is None or access.covers_profiles(frozenset({profile_id})))
    ]
