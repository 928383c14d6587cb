"""HTTP bodies of scheduler."""

from uuid import UUID

from pydantic import BaseModel


class ProfileView(BaseModel):
    """A profile that posts may be planned for; `may_publish` is false until it is connected."""

    id: UUID
    network: str
    handle: str
    display_name: str
    state: str
    may_publish: bool
