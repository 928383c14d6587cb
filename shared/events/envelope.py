"""CloudEvents 1.0 in binary mode: attributes as `ce_` headers, the event itself as JSON body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from shared.errors import InvalidError
from shared.events.base import Event, find_event


class UnreadableEventError(InvalidError):
    code = "events.unreadable"
    title = "The record is not an event that this version can read."


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event with its id, its time and where it came from."""

    id: UUID
    occurred_at: datetime
    event: Event
    causation_id: UUID | None = None
    traceparent: str | None = None

    def headers(self) -> dict[str, str]:
        """The attributes of the event as record headers."""
        headers = {
            "ce_specversion": "1.0",
            "ce_id": str(self.id),
            "ce_type": self.event.event_name(),
            "ce_source": f"/{self.event.producer()}",
            "ce_subject": self.event.key,
            "ce_time": self.occurred_at.isoformat(),
            "ce_workspaceid": str(self.event.workspace_id),
            "content-type": "application/json",
        }
        if self.causation_id is not None:
            headers["ce_causationid"] = str(self.causation_id)
        if self.traceparent is not None:
            headers["traceparent"] = self.traceparent
        return headers

    def body(self) -> bytes:
        return self.event.model_dump_json().encode()

    @classmethod
    def read(cls, headers: Mapping[str, str], body: bytes) -> Self | None:
        """The envelope of a record; None for a type or version that this process does not know.

        Raises `UnreadableEventError` when a known type does not hold what it promises.
        """
        event_class = find_event(headers.get("ce_type", ""))
        if event_class is None:
            return None
        try:
            causation = headers.get("ce_causationid")
            return cls(
                id=UUID(headers["ce_id"]),
                occurred_at=datetime.fromisoformat(headers["ce_time"]),
                event=event_class.model_validate_json(body),
                causation_id=UUID(causation) if causation else None,
                traceparent=headers.get("traceparent"),
            )
        except (KeyError, ValueError) as error:
            raise UnreadableEventError(f"{event_class.event_name()}: {error}") from error
