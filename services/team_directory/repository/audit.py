"""The audit log: written in the transaction of the change, by every command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python

from services.team_directory.domain.actor import Actor
from services.team_directory.models import AuditEntry
from services.team_directory.repository.people import People
from shared.db.transaction import Tx

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to what. `before` and `after` hold the fields that changed, never secrets."""

    action: str
    object_id: UUID
    before: Values | None = None
    after: Values | None = None

    @property
    def object_type(self) -> str:
        """`role.created` is about a role."""
        return self.action.partition(".")[0]


def record(tx: Tx, actor: Actor, change: Change) -> None:
    """Write the change into the log of this workspace."""
    tx.session.add(
        AuditEntry(
            workspace_id=tx.workspace_id,
            id=tx.new_id(),
            at=tx.now,
            actor_id=actor.id,
            actor_kind=actor.identity.service or actor.identity.kind,
            action=change.action,
            object_type=change.object_type,
            object_id=change.object_id,
            ip=actor.ip,
            user_agent=actor.user_agent,
            before=None if change.before is None else to_jsonable_python(dict(change.before)),
            after=None if change.after is None else to_jsonable_python(dict(change.after)),
        )
    )


async def record_everywhere(tx: Tx, actor: Actor, change: Change) -> None:
    """Write what a person did with their own sign-in into the log of each of their workspaces."""
    present = tx.workspace_id
    for workspace_id in await People(tx).workspace_ids(change.object_id):
        await tx.session.flush()
        await tx.enter_workspace(workspace_id)
        record(tx, actor, change)
    await tx.session.flush()
    await tx.enter_workspace(present)
