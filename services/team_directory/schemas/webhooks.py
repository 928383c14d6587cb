"""Bodies of partner webhooks."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.team_directory.domain.public_events import CATALOGUE
from services.team_directory.domain.webhooks import DeliveryState, EndpointState, PauseReason
from services.team_directory.schemas.common import Body, Moment, Text
from services.team_directory.schemas.members import Ids
from shared.permissions import Module


def _known(name: str) -> str:
    if name not in CATALOGUE:
        raise ValueError("There is no such event type; see the list of event types.")
    return name


EventType = Annotated[str, StringConstraints(max_length=100), AfterValidator(_known)]


_Repeatable = Literal[DeliveryState.FAILED, DeliveryState.HELD, DeliveryState.DELIVERED]


def _not_arrived() -> list[_Repeatable]:
    return [DeliveryState.FAILED, DeliveryState.HELD]


class WebhookBody(Body):
    """`profile_ids` null means every profile, and what belongs to none."""

    url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    event_types: Annotated[list[EventType], Field(min_length=1, max_length=100)]
    profile_ids: Ids | None = None


class WebhookEdit(WebhookBody):
    version: int


class RotateBody(Body):
    """For how many hours the last secret stays valid beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=168)] = 24


class EnableBody(Body):
    """`send_held`: also send what was held back while the endpoint was paused or disabled."""

    send_held: bool = True


class ReplayBody(Body):
    """Messages that came from `since` until before `until`, in one of these states."""

    since: Moment
    until: Moment | None = None
    states: Annotated[
        list[_Repeatable],
        Field(min_length=1, max_length=3),
    ] = Field(default_factory=_not_arrived)


class EventTypeView(BaseModel):
    """A type that can be subscribed to; `data_schema` is the JSON Schema of its `data`."""

    name: str
    module: Module
    about: Text
    data_schema: dict[str, Any]


class WebhookView(BaseModel):
    """`reason` says why Parley paused it; `old_secret_until` is there while two secrets sign."""

    id: UUID
    url: str
    description: str
    event_types: list[str]
    profile_ids: list[UUID] | None
    state: EndpointState
    reason: PauseReason | None
    state_changed_at: datetime
    failing_since: datetime | None
    rest_until: datetime | None
    old_secret_until: datetime | None
    created_by: UUID
    created_at: datetime
    version: int


class CreatedWebhookView(BaseModel):
    """`secret` is shown only here; verify signatures with it."""

    id: UUID
    version: int
    secret: str


class SecretView(BaseModel):
    """The new `secret` is shown only here."""

    secret: str


class QueuedView(BaseModel):
    """The delivery in whose log to see what comes of it."""

    delivery_id: UUID


class ReplayView(BaseModel):
    """How many deliveries are sent again."""

    deliveries: int


class DeliveryView(BaseModel):
    """One message on its way to one endpoint; `webhook_id` is what the receiver saw."""

    id: UUID
    webhook_id: str
    type: str
    state: DeliveryState
    tries: int
    created_at: datetime
    next_at: datetime | None
    delivered_at: datetime | None
    last_status: int | None
    last_code: str | None


class AttemptView(BaseModel):
    """One call; `code` says why there is no status, `excerpt` is how the answer began."""

    at: datetime
    millis: int
    status: int | None
    code: str | None
    excerpt: str


class DeliveryDetail(DeliveryView):
    """With what was sent, and every attempt, the newest first."""

    body: dict[str, Any]
    attempts: list[AttemptView]
