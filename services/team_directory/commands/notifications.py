"""What people do with their notifications: read them, and say how they want to be told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import time
from uuid import UUID

from sqlalchemy import ColumnElement

from services.team_directory.commands.notify import GATHERED, TELL_AT_ONCE, TELL_DIGEST
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.notifications import (
    Choice,
    EmailChoice,
    NotificationKind,
    write_choices,
)
from services.team_directory.models import Notification
from services.team_directory.repository.notification_sight import visible
from services.team_directory.repository.notifications import Notifications
from shared.db.transaction import Tx
from shared.events.team_directory import NotificationsRead

_IDS_IN_EVENT = 500


@dataclass(frozen=True, slots=True)
class Preference:
    """`quiet` is from when until when no mail is sent."""

    choices: Mapping[NotificationKind, Choice]
    digest_at: time
    quiet: tuple[time, time] | None


async def read_notifications(tx: Tx, actor: Actor, ids: Collection[UUID]) -> int:
    """Mark these as read; those of others, and those that are read already, are passed over."""
    return await _read(tx, actor, Notification.id.in_(ids))


async def read_all(tx: Tx, actor: Actor, subject_id: UUID | None) -> int:
    """Mark everything as read, or everything about one thing."""
    if subject_id is None:
        return await _read(tx, actor)
    return await _read(tx, actor, Notification.subject_id == subject_id)


async def _read(tx: Tx, actor: Actor, *which: ColumnElement[bool]) -> int:
    """How many were unread; the other devices of the person are told which."""
    person_id = actor.person_id()
    marked = await Notifications(tx).mark_read(*visible(actor.identity), *which)
    for start in range(0, len(marked), _IDS_IN_EVENT):
        ids = tuple(marked[start : start + _IDS_IN_EVENT])
        event = NotificationsRead(
            workspace_id=tx.workspace_id, person_id=person_id, notification_ids=ids
        )
        await tx.publish(event)
    return len(marked)


async def save_preference(tx: Tx, actor: Actor, preference: Preference) -> None:
    await _save(tx, actor.person_id(), preference)
    await _look_again(tx, actor.person_id())


async def _save(tx: Tx, person_id: UUID, preference: Preference) -> None:
    quiet_from, quiet_until = preference.quiet or (None, None)
    values = {
        "choices": write_choices(preference.choices),
        "digest_at": preference.digest_at,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
    }
    await Notifications(tx).save_preference(person_id, values)


async def _look_again(tx: Tx, person_id: UUID) -> None:
    """Let what waits to be mailed wait for the hours that hold from now on."""
    notifications = Notifications(tx)
    waiting = await notifications.to_be_mailed(person_id)
    hours = (await notifications.wishes([person_id]))[person_id].hours
    if EmailChoice.AT_ONCE in waiting:
        due_at = hours.mail_from(tx.now + GATHERED)
        await tx.schedule(TELL_AT_ONCE, str(person_id), due_at=due_at)
    if EmailChoice.DIGEST in waiting:
        await tx.schedule(TELL_DIGEST, str(person_id), due_at=hours.next_digest(tx.now))


async def stop_mail(tx: Tx, person_id: UUID) -> None:
    """Send this person nothing more about this workspace, until they choose otherwise."""
    notifications = Notifications(tx)
    wishes = (await notifications.wishes([person_id])).get(person_id)
    if wishes is None:  # Somebody who left gets nothing anyway.
        return
    silent = {
        kind: replace(choice, email=EmailChoice.OFF) for kind, choice in wishes.choices.items()
    }
    quiet = wishes.hours.quiet
    await _save(tx, person_id, Preference(silent, wishes.hours.digest_at, quiet))
    await notifications.mail_no_more(person_id)
