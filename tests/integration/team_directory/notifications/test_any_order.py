"""Whatever order and repetition events come in, people are told the same."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from shared.events.base import Event
from shared.events.inbox import NoteChanged
from shared.events.scheduler import PublicationAtRisk, PublicationState
from shared.events.ticketing import (
    SlaMet,
    SlaMissed,
    SlaNear,
    SlaTarget,
    TicketNoteAdded,
    TicketStateChanged,
)
from shared.ids import new_id
from tests.support.team_directory import DirectoryHand, Somebody
from tests.support.tidings import Tidings, envelope

_TOLD = (
    "notifications",
    "notification_subjects",
    "settled_matters",
    "processed_events",
    "outbox",
)
_OWN = frozenset({"id", "read_at"})
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("assign", "release", "note", "renote", "ticket", "state"),
                *("near", "missed", "met", "failed", "published", "risk", "safe"),
            ]
        ),
        st.integers(0, 2),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=10,
)


class Story:
    """Events about three conversations with a ticket each, as the services would tell them."""

    def __init__(self, tidings: Tidings, people: list[Somebody]) -> None:
        self._tidings = tidings
        self._people = people
        self._things = [new_id() for _ in range(3)]
        self._tickets = [new_id() for _ in range(3)]
        self._notes = [new_id() for _ in range(3)]
        self._stranger = new_id()
        self._version = 1

    def event(self, step: tuple[str, int, int, int]) -> Event:
        what, thing, one, other = step
        self._version += 1
        someone = self._people[one % len(self._people)]
        by = self._people[other].id if other < len(self._people) else self._stranger
        conversation: dict[str, Any] = {
            "conversation_id": self._things[thing],
            "conversation_version": self._version,
            "by": by,
        }
        # A note has one author, however often it is written anew.
        note = {"note_id": self._notes[thing], "mentions": (someone.id,), "by": self._stranger}
        post = {
            "post_id": self._things[thing],
            "publication_id": self._notes[thing],
            "post_version": self._version,
            "author_id": self._people[0].id,
        }
        planned = self._tidings.published(PublicationState.PENDING, **post)
        risk = planned.model_dump(include=set(PublicationAtRisk.model_fields))
        told: dict[str, Callable[[], Event]] = {
            "assign": lambda: self._tidings.assigned(someone, **conversation),
            "release": lambda: self._tidings.assigned(None, **conversation),
            "note": lambda: self._tidings.noted(**{**conversation, **note}),
            "renote": lambda: NoteChanged(**self._about(conversation), **note),
            "failed": lambda: self._tidings.published(PublicationState.FAILED, **post),
            "published": lambda: self._tidings.published(PublicationState.PUBLISHED, **post),
            "risk": lambda: PublicationAtRisk(**risk, at_risk=True),
            "safe": lambda: PublicationAtRisk(**risk, at_risk=False),
        }
        return told[what]() if what in told else self._of_ticket(what, thing, someone, by)

    def _about(self, conversation: dict[str, Any]) -> dict[str, Any]:
        known = self._tidings.noted(**conversation).model_dump()
        return {name: known[name] for name in known if name not in ("note_id", "mentions", "by")}

    def _of_ticket(self, what: str, thing: int, someone: Somebody, by: UUID) -> Event:
        # Ids of things are unique over all services.
        ticket = self._tidings.ticket(
            ticket_id=self._tickets[thing], ticket_version=self._version, assignee_id=someone.id
        )
        match what:
            case "ticket":
                return TicketNoteAdded(**ticket, note_id=new_id(), mentions=(someone.id,), by=by)
            case "state":
                moved = {"state": "open", "previous": "pending", "reason": "person"}
                return TicketStateChanged(**ticket, **moved, by=by)
        due_at = self._tidings.directory.service.kernel.clock.now()
        promise = {**ticket, "target": SlaTarget.RESOLUTION, "run": thing, "due_at": due_at}
        if what == "met":
            return SlaMet(**promise, at=due_at, wall_seconds=1, business_seconds=1)
        return SlaNear(**promise) if what == "near" else SlaMissed(**promise)


async def forget(directory: DirectoryHand, owner: Somebody) -> None:
    """Everything that was told so far, and that it was."""
    async with directory.service.database.begin(owner.workspace_id) as tx:
        for table in _TOLD:
            await tx.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 -- Named above.


async def picture(tidings: Tidings, people: list[Somebody]) -> Mapping[str, Any]:
    """What each person is shown, without the ids of our own making."""
    shown = {}
    for person in people:
        listed = await tidings.listed(person, "?limit=200")
        lines = [{k: v for k, v in each.items() if k not in _OWN} for each in listed]
        shown[str(person.id)] = sorted(lines, key=str)
    return shown


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, data=st.data())
async def test_any_order_and_repetition_tells_the_same(
    directory: DirectoryHand,
    owner: Somebody,
    cast: list[Somebody],
    steps: list[tuple[str, int, int, int]],
    data: st.DataObject,
) -> None:
    tidings = Tidings(directory, owner.workspace_id)
    story = Story(tidings, cast)
    now = directory.service.kernel.clock.now()
    log = [
        envelope(story.event(step), now + timedelta(seconds=second))
        for second, step in enumerate(steps)
    ]
    await forget(directory, owner)
    await tidings.deliver(log)
    expected = await picture(tidings, cast)

    await forget(directory, owner)
    order = data.draw(st.permutations(log + data.draw(st.lists(st.sampled_from(log), max_size=4))))
    while order:
        size = data.draw(st.integers(1, len(order)))
        await tidings.deliver(order[:size])
        order = order[size:]
    assert await picture(tidings, cast) == expected
