"""Where the bytes of pictures lie, as the rest of scheduler sees it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol
from uuid import UUID

from services.scheduler.domain.content import Picture
from services.scheduler.domain.pictures import Shown
from shared.networks.publishing import ImageLimit, PostImage


def name_of(asset_id: UUID) -> str:
    return f"media/{asset_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A picture as it lies in the store."""

    shown: Shown
    size: int


class Library(Protocol):
    async def put(self, workspace_id: UUID, asset_id: UUID, file: BinaryIO) -> Kept:
        """Keep a picture without what it tells of its making; raises `NotAPictureError`."""

    def read(self, workspace_id: UUID, asset_id: UUID) -> AsyncIterator[bytes]: ...

    async def fit(self, workspace_id: UUID, picture: Picture, limit: ImageLimit) -> PostImage:
        """The picture as the network takes it."""
