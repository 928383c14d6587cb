"""Bodies of what people do with conversations, tags, notes and contacts."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, model_validator

from services.inbox.domain.conversation import (
    Assign,
    Change,
    Handle,
    Prioritise,
    Reopen,
    Retag,
    Snooze,
)

Version = Annotated[int, Field(ge=1, description="The version that the writer has seen.")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Body = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


class AssignChange(BaseModel):
    """Who is to answer: a person, a team, both or nobody."""

    kind: Literal["assign"] = "assign"
    assignee_id: UUID | None = None
    team_id: UUID | None = None
    reason: str = Field("", max_length=500)

    def change(self) -> Change:
        return Assign(assignee_id=self.assignee_id, team_id=self.team_id, reason=self.reason)


class StateChange(BaseModel):
    """`until` belongs to `snoozed` and to nothing else."""

    kind: Literal["state"] = "state"
    state: Literal["open", "snoozed", "handled"]
    until: AwareDatetime | None = None

    @model_validator(mode="after")
    def _until_fits(self) -> "StateChange":
        if (self.until is None) == (self.state == "snoozed"):
            raise ValueError("`until` is given exactly when the state is `snoozed`")
        return self

    def change(self) -> Change:
        if self.state == "handled":
            return Handle()
        return Snooze(until=self.until) if self.until is not None else Reopen()


class PriorityChange(BaseModel):
    kind: Literal["priority"] = "priority"
    priority: int = Field(ge=-1, le=3)

    def change(self) -> Change:
        return Prioritise(priority=self.priority)


class TagChange(BaseModel):
    """Tags to put on and to take off; what others did to other tags stays."""

    kind: Literal["tag"] = "tag"
    add: list[UUID] = Field(default=[], max_length=50)
    remove: list[UUID] = Field(default=[], max_length=50)

    def change(self) -> Change:
        return Retag(add=frozenset(self.add), remove=frozenset(self.remove))


class AssignBody(AssignChange):
    expected_version: Version


class StateBody(StateChange):
    expected_version: Version


class PriorityBody(PriorityChange):
    expected_version: Version


class BulkItem(BaseModel):
    id: UUID
    expected_version: Version | None = None


class BulkBody(BaseModel):
    """One change for many; an item without a version is changed whatever happened meanwhile."""

    items: list[BulkItem] = Field(min_length=1, max_length=200)
    change: Annotated[
        AssignChange | StateChange | PriorityChange | TagChange, Field(discriminator="kind")
    ]


class ChangedView(BaseModel):
    """`before` and `after` hold the fields that moved; both are empty when nothing had to."""

    conversation_id: UUID
    version: int
    before: dict[str, Any]
    after: dict[str, Any]


class BulkItemView(BaseModel):
    """What became of one of many; `code` and `detail` say why it was refused."""

    conversation_id: UUID
    outcome: Literal["changed", "unchanged", "refused"]
    version: int | None = None
    before: dict[str, Any] = {}
    code: str | None = None
    detail: str | None = None


class BulkView(BaseModel):
    items: list[BulkItemView]


class NoteBody(BaseModel):
    body: Body
    mentions: list[UUID] = Field(default=[], max_length=50)


class NoteRewriteBody(NoteBody):
    expected_version: Version


class TagBody(BaseModel):
    scope: Literal["conversation", "contact"] = "conversation"
    name: Name
    color: Color = "#8a94a6"


class TagChangeBody(BaseModel):
    name: Name
    color: Color


class TagView(BaseModel):
    id: UUID
    scope: str
    name: str
    color: str


class CreatedView(BaseModel):
    id: UUID


class ContactBody(BaseModel):
    """Only the given fields change."""

    expected_version: Version
    name: Name | None = None
    tag_ids: list[UUID] | None = Field(None, max_length=50)
    attributes: dict[str, str] | None = Field(None, max_length=50)

    def values(self) -> dict[str, Any]:
        given = self.model_dump(exclude={"expected_version"}, exclude_none=True)
        return dict(given)


class MergeBody(BaseModel):
    """The contact whose identities and conversations go to the one in the path."""

    merged_contact_id: UUID


class VersionView(BaseModel):
    version: int


class NoteView(BaseModel):
    id: UUID
    author_id: UUID
    body: str
    mentions: list[UUID]
    created_at: datetime
    edited_at: datetime | None
    version: int


class ReplyBody(BaseModel):
    """An answer to a customer.

    `seen_interaction_id` is the newest interaction on the writer's screen; without it the writer
    has seen nothing, so that whatever stands there refuses the answer. `interaction_id` names
    what is answered; without it, what the customer wrote last. `force` sends although something was
    written or somebody took over meanwhile.
    """

    text: Annotated[str, StringConstraints(pattern=r"\S", max_length=20_000)]
    visibility: Literal["public", "private"] = "public"
    expected_version: Version
    seen_interaction_id: UUID | None = None
    interaction_id: UUID | None = None
    force: bool = False


class ActBody(BaseModel):
    kind: Literal["like", "unlike", "hide", "unhide", "delete", "block", "unblock"]


class DecisionBody(BaseModel):
    """What a person found on the network, where reading back could not tell."""

    decision: Literal["sent", "send_again", "give_up"]
