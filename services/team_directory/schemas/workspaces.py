"""Bodies of workspaces."""

from uuid import UUID

from pydantic import BaseModel

from services.team_directory.schemas.common import Body, Name, TimeZone


class WorkspaceBody(Body):
    name: Name
    time_zone: TimeZone


class EditWorkspaceBody(WorkspaceBody):
    version: int


class WorkspaceView(BaseModel):
    id: UUID
    name: str
    time_zone: str
    version: int
    current: bool
