"""Bodies about profiles and their health."""

from uuid import UUID

from pydantic import BaseModel

from services.inbox.schemas.deliveries import ProfileHealth


class ProfileView(BaseModel):
    """A profile whose writing arrives here."""

    id: UUID
    network: str
    handle: str
    display_name: str
    avatar_url: str | None
    state: str
    reason: str | None
    health: ProfileHealth
