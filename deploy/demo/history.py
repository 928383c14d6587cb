"""What stands in the inbox from the weeks before: conversations as they were written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select

from services.inbox.models import Conversation, Interaction
from shared.db.transaction import Tx

Written = Row[Any]

_ITEM = (
    "id",
    "direction",
    "origin",
    "visibility",
    "external_id",
    "permalink",
    "text",
    "written_at",
)
_PLACE = ("id", "profile_id", "network", "kind", "contact_id")


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
    items, places = Interaction.__table__.c, Conversation.__table__.c
    columns = [items[name] for name in _ITEM]
    columns += [places[name].label(f"conversation_{name}") for name in _PLACE]
    both = and_(
        Conversation.workspace_id == Interaction.workspace_id,
        Conversation.id == Interaction.conversation_id,
    )
    rows = await tx.session.execute(
        select(*columns)
        .join(Conversation, both)
        .where(Interaction.workspace_id == tx.workspace_id)
        .order_by(Interaction.written_at, Interaction.id)
    )
    found: Mapping[UUID, list[Written]] = defaultdict(list)
    for row in rows:
        found[row.conversation_id].append(row)
    return [Story(id_, written) for id_, written in found.items()]
