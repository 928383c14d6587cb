"""Bodies about deliveries and the health of profiles."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.inbox.domain.health import HealthState


class DeliveryState(StrEnum):
    STORED = "stored"
    HANDLED = "handled"
    FAILED = "failed"
    DISCARDED = "discarded"


class DeliveryView(BaseModel):
    """What a network handed over; `error_code` says why it could not be handled."""

    id: UUID
    profile_id: UUID
    external_id: str
    kind: str
    source: str
    received_at: datetime
    state: DeliveryState
    handled_at: datetime | None
    attempts: int
    error_code: str | None
    error_detail: str | None


class DeliveryDetail(DeliveryView):
    """The same with the body, as it came."""

    body: dict[str, Any]


class ReaderView(BaseModel):
    """One way of reading a profile, and what is wrong with it; `push` is the network's own call."""

    stream: str
    read_at: datetime | None
    back_filled: bool
    failures: int
    error_code: str | None
    error_detail: str | None


class ProfileHealth(BaseModel):
    """What came in and what became of it.

    `balanced` says that nothing is lost: received less repeated is stored, and everything stored is
    handled, failed, discarded or waiting.
    """

    profile_id: UUID
    state: HealthState
    reason: str | None
    received: int
    repeated: int
    stored: int
    handled: int
    failed: int
    discarded: int
    waiting: int
    gaps_filled: int
    balanced: bool
    last_event_at: datetime | None
    last_reconciled_at: datetime | None
    readers: list[ReaderView]
