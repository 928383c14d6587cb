"""What the other services tell, as causes to notify people: who is concerned, and as what."""

from collections.abc import Sequence
from uuid import UUID

from services.team_directory.commands.notify import Group, notify, settle, who_may
from services.team_directory.domain.notifications import (
    Cause,
    NotificationKind,
    Subject,
    SubjectType,
)
from services.team_directory.repository.teams import Teams
from shared.db.transaction import Tx
from shared.events.inbox import ConversationAssigned, ConversationEvent, NoteAdded, NoteChanged
from shared.events.scheduler import (
    PublicationAtRisk,
    PublicationChanged,
    PublicationEvent,
    PublicationState,
)
from shared.events.ticketing import (
    SlaEvent,
    SlaMet,
    SlaMissed,
    SlaNear,
    TicketAssigned,
    TicketEvent,
    TicketNoteAdded,
    TicketStateChanged,
    TicketWatchersChanged,
)
from shared.permissions import Level, Module

# Reading back has not told whether it appeared; before that, `unknown` may pass by itself.
_UNSETTLED = "scheduler.unsettled"
# Nobody needs to do anything about it any more.
_WELL = (PublicationState.PUBLISHED, PublicationState.CANCELLED)


def _conversation(event: ConversationEvent) -> Subject:
    return Subject(
        type=SubjectType.CONVERSATION,
        id=event.conversation_id,
        module=Module.INBOX,
        profile_id=event.profile_id,
        assignee_id=event.assignee_id,
        team_id=event.team_id,
        version=event.conversation_version,
    )


def _ticket(event: TicketEvent) -> Subject:
    return Subject(
        type=SubjectType.TICKET,
        id=event.ticket_id,
        module=Module.TICKETS,
        profile_id=event.profile_id,
        assignee_id=event.assignee_id,
        team_id=event.team_id,
        version=event.ticket_version,
    )


async def _assigned(tx: Tx, event: ConversationAssigned | TicketAssigned) -> list[Group]:
    """The new assignee; without one, the team that it now waits for."""
    if event.assignee_id is None:
        return [(NotificationKind.TEAM_ASSIGNED, await _team(tx, event.team_id))]
    if event.assignee_id == event.previous_assignee_id:
        return []
    return [(NotificationKind.ASSIGNED, [event.assignee_id])]


async def _team(tx: Tx, team_id: UUID | None) -> Sequence[UUID]:
    return () if team_id is None else await Teams(tx).member_ids(team_id)


async def conversation_assigned(tx: Tx, event: ConversationAssigned) -> None:
    what = f"assigned/{event.conversation_version}"
    cause = Cause(subject=_conversation(event), what=what, by=event.by)
    await notify(tx, cause, *await _assigned(tx, event))


async def conversation_noted(tx: Tx, event: NoteAdded | NoteChanged) -> None:
    """A note tells each person once, however often it is written anew."""
    cause = Cause(subject=_conversation(event), what=f"note/{event.note_id}", by=event.by)
    await notify(tx, cause, (NotificationKind.MENTIONED, event.mentions))


def _activity(event: TicketEvent) -> Group:
    """Whoever works on a ticket or watches it."""
    return NotificationKind.TICKET_ACTIVITY, [event.assignee_id, *event.watcher_ids]


async def ticket_assigned(tx: Tx, event: TicketAssigned) -> None:
    cause = Cause(
        subject=_ticket(event),
        what=f"assigned/{event.ticket_version}",
        by=event.by,
        facts={"what": "reassigned", "subject": event.subject},
    )
    watchers = (NotificationKind.TICKET_ACTIVITY, event.watcher_ids)
    await notify(tx, cause, *await _assigned(tx, event), watchers)


async def ticket_noted(tx: Tx, event: TicketNoteAdded) -> None:
    cause = Cause(
        subject=_ticket(event),
        what=f"note/{event.note_id}",
        by=event.by,
        facts={"what": "noted", "subject": event.subject},
    )
    await notify(tx, cause, (NotificationKind.MENTIONED, event.mentions), _activity(event))


async def ticket_moved(tx: Tx, event: TicketStateChanged) -> None:
    answered = event.reason == "reply"
    cause = Cause(
        subject=_ticket(event),
        what=f"state/{event.ticket_version}",
        by=event.by,
        facts={
            "what": "answered" if answered else "moved",
            "subject": event.subject,
            "state": event.state,
        },
    )
    await notify(tx, cause, _activity(event))


async def ticket_watched(tx: Tx, event: TicketWatchersChanged) -> None:
    """Somebody who is made to watch by a colleague hears of it."""
    cause = Cause(
        subject=_ticket(event),
        what=f"watching/{event.ticket_version}",
        by=event.by,
        facts={"what": "watching", "subject": event.subject},
    )
    new = [event.person_id] if event.watching else []
    await notify(tx, cause, (NotificationKind.TICKET_ACTIVITY, new))


async def sla_near(tx: Tx, event: SlaNear) -> None:
    kind = NotificationKind.SLA_NEAR
    await notify(tx, _promise(event, kind), (kind, await _answerable(tx, event)))


async def sla_met(tx: Tx, event: SlaMet) -> None:
    """Nothing is about to be missed any more, and what seemed to be missed was not."""
    await settle(tx, _near(event))
    await settle(tx, _missed(event))


async def sla_missed(tx: Tx, event: SlaMissed) -> None:
    """Whoever watches hears of a miss, too; that it was near is no news then."""
    await settle(tx, _near(event))
    kind = NotificationKind.SLA_MISSED
    people = [*await _answerable(tx, event), *event.watcher_ids]
    await notify(tx, _promise(event, kind), (kind, people))


def _near(event: SlaEvent) -> str:
    return f"near/{event.ticket_id}/{event.target}/{event.run}"


def _missed(event: SlaEvent) -> str:
    return f"missed/{event.ticket_id}/{event.target}/{event.run}"


def _promise(event: SlaEvent, kind: NotificationKind) -> Cause:
    """A deadline that has moved is another promise."""
    due_at = event.due_at.isoformat()
    return Cause(
        subject=_ticket(event),
        what=f"{kind}/{event.target}/{event.run}/{due_at}",
        facts={"subject": event.subject, "target": event.target, "due_at": due_at},
        matter=_near(event) if isinstance(event, SlaNear) else _missed(event),
    )


async def _answerable(tx: Tx, event: TicketEvent) -> Sequence[UUID]:
    """The assignee; else the team; else whoever decides about tickets."""
    if event.assignee_id is not None:
        return [event.assignee_id]
    if event.team_id is not None:
        return await _team(tx, event.team_id)
    return await who_may(tx, Module.TICKETS, Level.APPROVE, event.profile_id)


async def publication_changed(tx: Tx, event: PublicationChanged) -> None:
    if event.restated:
        return
    # Planned anew or no longer waiting: what was feared for it before is over.
    await settle(tx, _risk(event))
    if event.state in _WELL:
        await settle(tx, _failure(event))
    unsettled = event.state is PublicationState.UNKNOWN and event.reason == _UNSETTLED
    if event.state is not PublicationState.FAILED and not unsettled:
        return
    what = f"{event.publication_id}/{event.state}/{event.post_version}"
    await _tell_publishers(tx, event, what, NotificationKind.PUBLICATION_FAILED, event.by)


async def publication_at_risk(tx: Tx, event: PublicationAtRisk) -> None:
    """Told once for each planned time and reason, so that a shaky connection tells no stories."""
    if not event.at_risk:
        await settle(tx, _risk(event))
        return
    what = f"{event.publication_id}/at_risk/{event.due_at.isoformat()}/{event.reason}"
    await _tell_publishers(tx, event, what, NotificationKind.PUBLICATION_AT_RISK, None)


def _failure(event: PublicationEvent) -> str:
    return f"failure/{event.publication_id}"


def _risk(event: PublicationEvent) -> str:
    return f"risk/{event.publication_id}"


async def _tell_publishers(
    tx: Tx,
    event: PublicationChanged | PublicationAtRisk,
    what: str,
    kind: NotificationKind,
    by: UUID | None,
) -> None:
    """The author, and everyone who decides about posts on this profile."""
    facts = {"due_at": event.due_at.isoformat(), "network": event.network}
    if event.reason is not None:
        facts["reason"] = event.reason
    if isinstance(event, PublicationChanged):
        facts["what"] = event.state.value
    deciding = await who_may(tx, Module.PUBLISHING, Level.APPROVE, event.profile_id)
    matter = _failure(event) if isinstance(event, PublicationChanged) else _risk(event)
    cause = Cause(subject=_post(event), what=what, by=by, facts=facts, matter=matter)
    await notify(tx, cause, (kind, [event.author_id, *deciding]))


def _post(event: PublicationEvent) -> Subject:
    return Subject(
        type=SubjectType.POST,
        id=event.post_id,
        module=Module.PUBLISHING,
        profile_id=event.profile_id,
    )
