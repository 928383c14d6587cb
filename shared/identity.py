"""Who is behind a request, as the gateway has established it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shared.errors import ForbiddenError
from shared.permissions import Level, Module, Right, Sight


class ActorKind(StrEnum):
    PERSON = "person"
    API_KEY = "api_key"
    SERVICE = "service"


class PermissionMissingError(ForbiddenError):
    code = "permission_missing"
    title = "Your role does not allow this."


@dataclass(frozen=True, slots=True)
class Identity:
    """An actor in one workspace; `profile_ids` None means every profile of the workspace."""

    actor_id: UUID
    kind: ActorKind
    workspace_id: UUID
    levels: Mapping[Module, Level] = field(default_factory=dict)
    rights: frozenset[Right] = frozenset()
    sight: Sight = Sight.ALL
    team_ids: frozenset[UUID] = frozenset()
    profile_ids: frozenset[UUID] | None = None
    session_id: UUID | None = None
    service: str | None = None

    def may(self, module: Module, level: Level) -> bool:
        return self.levels.get(module, Level.NONE) >= level

    def demand(self, module: Module, level: Level) -> None:
        if not self.may(module, level):
            raise PermissionMissingError(module=module, level=level.name.lower())

    def demand_right(self, right: Right) -> None:
        if right not in self.rights:
            raise PermissionMissingError(right=right)

    def sees_profile(self, profile_id: UUID) -> bool:
        return self.profile_ids is None or profile_id in self.profile_ids
