"""An event as analytics keeps it: what numbers need of it, and nothing that a customer wrote."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from services.analytics.domain.measurement import NOBODY
from shared.ids import parse_id


class Kept(NamedTuple):
    """The time is when the event occurred; the body leaves out whatever is empty."""

    at: datetime
    event_id: UUID
    type: str
    body: dict[str, Any]

    def moment(self, name: str) -> datetime:
        return datetime.fromisoformat(self.body[name])

    def id(self, name: str) -> UUID:
        """An id of the body; `NOBODY` where there is none."""
        found = self.body.get(name)
        return NOBODY if found is None else parse_id(found)
