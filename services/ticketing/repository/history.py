"""A ticket's history: every change and every message leaves a line with a version of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from services.ticketing.models import Activity, Ticket
from shared.db.transaction import Tx

Values = Mapping[str, Any]


def record(
    tx: Tx,
    ticket: Ticket,
    kind: str,
    actor_id: UUID | None,
    moved: tuple[Values, Values],
    *,
    at: datetime | None = None,
) -> None:
    """Raise the version and note under it what `moved`, before and after.

    The keys of what is after are the fields that moved; a later write that cares about one of them
    and has not seen this version is refused.
    """
    before, after = moved
    ticket.version = (ticket.version or 0) + 1
    ticket.updated_at = tx.now
    tx.session.add(
        Activity(
            workspace_id=tx.workspace_id,
            id=tx.new_id(),
            ticket_id=ticket.id,
            version=ticket.version,
            at=at or tx.now,
            actor_id=actor_id,
            kind=kind,
            before=to_jsonable_python(dict(before)),
            after=to_jsonable_python(dict(after)),
        )
    )
