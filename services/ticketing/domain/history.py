"""Which lines of a ticket's history are facts that its clocks take in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.ticketing.domain.clocks import (
    Answered,
    CustomerWrote,
    Fact,
    Moved,
    Opened,
    Prioritised,
)
from services.ticketing.domain.ticket import Priority, State


def fact_of(kind: str, at: datetime, after: Mapping[str, Any]) -> Fact | None:
    """The fact in a line; None where clocks do not care."""
    match kind:
        case "opened":
            return Opened(at=at, priority=Priority(after["priority"]))
        case "prioritised":
            return Prioritised(at=at, priority=Priority(after["priority"]))
        case "moved":
            return Moved(at=at, state=State(after["state"]))
        case "customer_wrote":
            return CustomerWrote(at=at)
        case "answered":
            return Answered(at=at)
    return None
