"""Bodies of roles and of the matrix that explains them."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.team_directory.domain.access import Access
from services.team_directory.schemas.common import Body, Name, Text
from shared.permissions import Level, Module, Right, Sight


class RoleBody(Body):
    """Modules that are not named are not seen at all."""

    name: Name
    duties: Annotated[str, Field(max_length=2000)] = ""
    levels: dict[Module, Level]
    rights: list[Right] = Field(default_factory=list)
    sight: Sight = Sight.ALL

    def access(self) -> Access:
        return Access(levels=self.levels, rights=frozenset(self.rights), sight=self.sight)


class EditRoleBody(RoleBody):
    version: int


class CopyRoleBody(Body):
    name: Name
    duties: Annotated[str, Field(max_length=2000)] = ""


class RoleView(BaseModel):
    """`template` names a role that comes with Parley; such a one cannot be changed."""

    id: UUID
    template: str | None
    name: Text
    duties: Text
    levels: dict[Module, Level]
    rights: list[Right]
    sight: Sight
    members: int
    version: int


class Explained(BaseModel):
    """One row or column of the matrix; `key` is what stands in a role."""

    key: str
    text: Text


class PermissionMatrix(BaseModel):
    """Everything that a role can say, in words."""

    modules: list[Explained]
    levels: list[Explained]
    rights: list[Explained]
    sights: list[Explained]
