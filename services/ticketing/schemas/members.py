"""Bodies about people."""

from uuid import UUID

from pydantic import BaseModel


class AssigneeView(BaseModel):
    """Somebody who can be given a ticket."""

    id: UUID
    name: str
