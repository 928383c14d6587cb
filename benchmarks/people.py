"""Who asks: an administrator of a workspace, with the token that the gateway would make."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from benchmarks.world import INTERNAL_KEY
from shared.http.tokens import sign
from shared.identity import ActorKind, Identity
from shared.permissions import Level, Module, Right, Sight

_A_RUN = timedelta(hours=6)


def administrator(workspace_id: UUID, profile_ids: Collection[UUID] | None = None) -> Identity:
    """Somebody who may do everything, and sees these profiles, or all."""
    return Identity(
        actor_id=UUID(int=1),
        kind=ActorKind.PERSON,
        workspace_id=workspace_id,
        levels=dict.fromkeys(Module, Level.ADMINISTER),
        rights=frozenset(Right),
        sight=Sight.ALL,
        team_ids=frozenset(),
        profile_ids=None if profile_ids is None else frozenset(profile_ids),
    )


CALLER = administrator(UUID(int=7))
"""Who asks wherever it does not matter who it is."""


def token_of(identity: Identity) -> str:
    """Good for a run."""
    return sign(identity, INTERNAL_KEY, datetime.now(UTC) + _A_RUN)
