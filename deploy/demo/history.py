"""What stands in the inbox from the weeks before: conversations as they were written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from services.inbox.models import Interaction
from shared.db.kernel_tables import outbox
from shared.db.transaction import Tx
from shared.events.inbox import InteractionReceived

Written = Row[Any]

_ITEM = (
    "id",
    "conversation_id",
    "direction",
    "origin",
    "visibility",
    "external_id",
    "permalink",
    "text",
    "written_at",
)


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation with all that was written in it, in its order."""

    id: UUID
    written: Sequence[Written]

    @property
    def seed(self) -> str:
        """The same for everybody's demo of a world."""
        return str(self.written[0].external_id)

    def answers(self) -> Iterator[tuple[Written, Written]]:
        """Each answer of the brand behind what it answers."""
        for asked, answer in pairwise(self.written):
            if asked.direction == "inbound" and answer.direction == "outbound":
                yield asked, answer


async def stories(tx: Tx) -> list[Story]:
    """Every conversation of the workspace."""
    items = Interaction.__table__.c
    rows = await tx.session.execute(
        select(*(items[name] for name in _ITEM))
        .where(Interaction.workspace_id == tx.workspace_id)
        .order_by(Interaction.written_at, Interaction.id)
    )
    found: Mapping[UUID, list[Written]] = defaultdict(list)
    for row in rows:
        found[row.conversation_id].append(row)
    return [Story(id_, written) for id_, written in found.items()]


async def received(tx: Tx) -> Mapping[UUID, InteractionReceived]:
    """What the inbox has told of each interaction when it came."""
    headers = outbox.c.headers
    rows = await tx.session.scalars(
        select(outbox.c.body).where(
            headers["ce_type"].astext == InteractionReceived.event_name(),
            headers["ce_workspaceid"].astext == str(tx.workspace_id),
        )
    )
    told = map(InteractionReceived.model_validate_json, rows)
    return {event.interaction_id: event for event in told}
