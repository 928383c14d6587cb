"""Where the bytes of pictures lie, as the rest of scheduler sees it."""

from collections.abc import AsyncIterator
from typing import BinaryIO, Protocol
from uuid import UUID

from services.scheduler.domain.content import Picture
from services.scheduler.domain.pictures import Shown
from shared.networks.publishing import ImageLimit, PostImage


def name_of(asset_id: UUID) -> str:
    return f"media/{asset_id}"


class Library(Protocol):
    async def put(self, workspace_id: UUID, asset_id: UUID, file: BinaryIO) -> Shown:
        """Keep a picture, after looking at it; raises `NotAPictureError`."""

    def read(self, workspace_id: UUID, asset_id: UUID) -> AsyncIterator[bytes]: ...

    async def fit(self, workspace_id: UUID, picture: Picture, limit: ImageLimit) -> PostImage:
        """The picture as the network takes it."""
