"""Bodies of the volume."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel


class VolumeView(BaseModel):
    """Interactions of one profile, day (UTC), kind and direction."""

    profile_id: UUID
    day: date
    kind: str
    direction: str
    count: int
