"""Notifications of people, and what is known of who has the things that they are about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.team_directory.domain.mail_times import MailHours
from services.team_directory.domain.notifications import (
    Cause,
    Choice,
    EmailChoice,
    NotificationKind,
    Subject,
    read_choices,
)
from services.team_directory.models import (
    Member,
    Notification,
    NotificationPreference,
    NotificationSubject,
    Person,
)
from shared.db.transaction import Tx

DIGEST_AT = time(8)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a member wants to be told."""

    choices: Mapping[NotificationKind, Choice]
    hours: MailHours


@dataclass(frozen=True, slots=True)
class Told:
    """A notification that is news to its person."""

    id: UUID
    person_id: UUID
    kind: NotificationKind
    choice: Choice


class Notifications:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def wishes(self, person_ids: Collection[UUID]) -> dict[UUID, Wishes]:
        """Those of these people who are members, held in place until the end, and what they want.

        What they may see is not asked here: it may change, so that reading asks.
        """
        query = (
            select(
                Member.id,
                Person.time_zone,
                NotificationPreference.choices,
                NotificationPreference.digest_at,
                NotificationPreference.quiet_from,
                NotificationPreference.quiet_until,
            )
            .join(Person, Person.id == Member.id)
            .outerjoin(
                NotificationPreference,
                (NotificationPreference.workspace_id == Member.workspace_id)
                & (NotificationPreference.id == Member.id),
            )
            .where(Member.workspace_id == self._tx.workspace_id, Member.id.in_(person_ids))
            .order_by(Member.id)
            .with_for_update(read=True, key_share=True, of=Member)
        )
        return {row.id: _wishes(row) for row in (await self._session.execute(query)).all()}

    async def add(
        self, cause: Cause, at: datetime, people: Mapping[UUID, tuple[NotificationKind, Choice]]
    ) -> Sequence[Told]:
        """Write down what these people are told; who was told of the cause before is left out.

        Of several events about one cause the earliest counts, in whichever order they come.
        """
        if not people:
            return ()
        rows = [self._row(cause, at, each, *how) for each, how in people.items()]
        statement = insert(Notification).values(rows)
        new, known = statement.excluded, Notification
        is_earlier = new.created_at < known.created_at
        kept = await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "person_id", "cause"],
                set_={
                    "created_at": func.least(new.created_at, known.created_at),
                    "raised_at": func.greatest(new.raised_at, known.raised_at),
                    **{
                        name: case((is_earlier, new[name]), else_=getattr(known, name))
                        for name in ("actor_id", "facts")
                    },
                },
            ).returning(known.id, known.person_id)
        )
        ids = {row["id"] for row in rows}
        return [Told(it.id, it.person_id, *people[it.person_id]) for it in kept if it.id in ids]

    def _row(
        self, cause: Cause, at: datetime, person_id: UUID, kind: NotificationKind, choice: Choice
    ) -> dict[str, Any]:
        subject = cause.subject
        return {
            "workspace_id": self._tx.workspace_id,
            "id": self._tx.new_id(),
            "person_id": person_id,
            "cause": cause.key,
            "kind": kind.value,
            "subject_type": subject.type.value,
            "subject_id": subject.id,
            "module": subject.module.value,
            "profile_id": subject.profile_id,
            "actor_id": cause.by,
            "facts": dict(cause.facts),
            "in_app": choice.in_app,
            "email": choice.email.value,
            "created_at": at,
            "raised_at": at,
            "matter": cause.matter,
        }

    async def mark_read(self, *which: ColumnElement[bool]) -> Sequence[UUID]:
        """Mark the unread ones among these; their ids."""
        marked = await self._session.scalars(
            update(Notification)
            .where(
                Notification.workspace_id == self._tx.workspace_id,
                Notification.read_at.is_(None),
                *which,
            )
            .values(read_at=self._tx.now)
            .returning(Notification.id)
        )
        return marked.all()

    async def to_be_mailed(self, person_id: UUID) -> frozenset[EmailChoice]:
        """The ways in which something still waits to be mailed to a person."""
        query = (
            select(Notification.email)
            .where(
                Notification.workspace_id == self._tx.workspace_id,
                Notification.person_id == person_id,
                Notification.read_at.is_(None),
                Notification.withdrawn_at.is_(None),
                Notification.mail_id.is_(None),
                Notification.email != EmailChoice.OFF,
            )
            .distinct()
        )
        return frozenset(EmailChoice(email) for email in await self._session.scalars(query))

    async def mail_no_more(self, person_id: UUID) -> None:
        """What was to be mailed to a person is not, any more."""
        await self._session.execute(
            update(Notification)
            .where(
                Notification.workspace_id == self._tx.workspace_id,
                Notification.person_id == person_id,
                Notification.mail_id.is_(None),
            )
            .values(email=EmailChoice.OFF)
        )

    async def put_into_mail(self, mail_id: UUID, *which: ColumnElement[bool]) -> int:
        """Let a mail tell of these, as far as they are unread and no mail has told of them yet."""
        put = await self._session.execute(
            update(Notification)
            .where(
                Notification.workspace_id == self._tx.workspace_id,
                Notification.read_at.is_(None),
                Notification.withdrawn_at.is_(None),
                Notification.mail_id.is_(None),
                *which,
            )
            .values(mail_id=mail_id)
            .returning(Notification.id)
        )
        return len(put.all())

    async def save_preference(self, person_id: UUID, values: Mapping[str, Any]) -> None:
        key = {"workspace_id": self._tx.workspace_id, "id": person_id}
        statement = insert(NotificationPreference).values({**key, **values})
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "id"], set_=dict(values)
            )
        )

    async def newest(self, subject: Subject) -> tuple[UUID | None, UUID | None]:
        """Take in who has the subject; its assignee and team by the newest version that we know."""
        if subject.version is None:
            return None, None
        statement = insert(NotificationSubject).values(
            workspace_id=self._tx.workspace_id,
            id=subject.id,
            assignee_id=subject.assignee_id,
            team_id=subject.team_id,
            version=subject.version,
            seen_at=self._tx.now,
        )
        new, known = statement.excluded, NotificationSubject
        is_newer = new.version >= known.version
        taken_in = statement.on_conflict_do_update(
            index_elements=["workspace_id", "id"],
            set_={
                "assignee_id": case((is_newer, new.assignee_id), else_=known.assignee_id),
                "team_id": case((is_newer, new.team_id), else_=known.team_id),
                "version": func.greatest(new.version, known.version),
                "seen_at": new.seen_at,
            },
        ).returning(known.assignee_id, known.team_id)
        row = (await self._session.execute(taken_in)).one()
        return row.assignee_id, row.team_id


def _wishes(row: Any) -> Wishes:
    quiet = None if row.quiet_from is None else (row.quiet_from, row.quiet_until)
    hours = MailHours(row.time_zone, row.digest_at or DIGEST_AT, quiet)
    return Wishes(read_choices(row.choices or {}), hours)
