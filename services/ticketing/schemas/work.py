"""Bodies of what people do with tickets."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.ticketing.domain.ticket import (
    MOST_TAGS,
    Assign,
    Change,
    Move,
    Prioritise,
    Priority,
    Rename,
    Retag,
    State,
)

TicketVersion = Annotated[int, Field(ge=1, description="The version that the writer has seen.")]
Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
TagWord = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=50)
]
NoteText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class OpenTicketBody(BaseModel):
    """A conversation to delegate; to a person, a team, both or for now to nobody."""

    conversation_id: UUID
    subject: Subject
    priority: Priority = Priority.NORMAL
    assignee_id: UUID | None = None
    team_id: UUID | None = None


class OpenedTicketView(BaseModel):
    id: UUID
    version: int


class TicketAssignBody(BaseModel):
    """Who is to work on it; None in both means nobody."""

    assignee_id: UUID | None = None
    team_id: UUID | None = None
    reason: str = Field("", max_length=500)
    expected_version: TicketVersion

    def change(self) -> Change:
        return Assign(assignee_id=self.assignee_id, team_id=self.team_id, reason=self.reason)


class TicketStateBody(BaseModel):
    state: State
    expected_version: TicketVersion

    def change(self) -> Change:
        return Move(state=self.state)


class TicketPriorityBody(BaseModel):
    priority: Priority
    expected_version: TicketVersion

    def change(self) -> Change:
        return Prioritise(priority=self.priority)


class TicketSubjectBody(BaseModel):
    subject: Subject
    expected_version: TicketVersion

    def change(self) -> Change:
        return Rename(subject=self.subject)


class TicketTagsBody(BaseModel):
    """Tags to put on and to take off; what others did to other tags stays."""

    add: list[TagWord] = Field(default=[], max_length=MOST_TAGS)
    remove: list[TagWord] = Field(default=[], max_length=MOST_TAGS)

    def change(self) -> Change:
        return Retag(add=frozenset(self.add), remove=frozenset(self.remove))


class TicketChangedView(BaseModel):
    """`before` and `after` hold the fields that moved; both are empty when nothing had to."""

    ticket_id: UUID
    version: int
    before: dict[str, Any]
    after: dict[str, Any]


class TicketNoteBody(BaseModel):
    body: NoteText
    mentions: list[UUID] = Field(default=[], max_length=50)


class TicketNoteCreated(BaseModel):
    id: UUID
