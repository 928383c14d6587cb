"""A conversation's history: every change by a person or by a rule leaves a line."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from services.inbox.models import Activity, Conversation
from shared.db.transaction import Tx

Values = Mapping[str, Any]


def record(
    tx: Tx,
    conversation: Conversation,
    kind: str,
    actor_id: UUID | None,
    before: Values,
    after: Values,
) -> None:
    """Note what changed, under the version that the change has made.

    The keys of `after` are the fields that moved; a later write that cares about one of them and
    has not seen this version is refused.
    """
    tx.session.add(
        Activity(
            workspace_id=tx.workspace_id,
            id=tx.new_id(),
            conversation_id=conversation.id,
            version=conversation.version,
            at=tx.now,
            actor_id=actor_id,
            kind=kind,
            before=to_jsonable_python(dict(before)),
            after=to_jsonable_python(dict(after)),
        )
    )
