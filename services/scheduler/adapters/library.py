"""Pictures in the file store; looked at and resized beside the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import cached_property
from io import BytesIO
from typing import BinaryIO
from uuid import UUID

from typing_extensions import override

from services.scheduler.domain.content import Picture
from services.scheduler.domain.library import Kept, Library, name_of
from services.scheduler.domain.pictures import clean, fit
from shared.networks.publishing import ImageLimit, PostImage
from shared.storage import FileStore

_AT_ONCE = 2


class StoredLibrary(Library):
    def __init__(self, open_store: Callable[[], FileStore]) -> None:
        # Opened when it is first needed: a local folder is made then.
        self._open_store = open_store
        # A decoded picture may take 200 megabytes of memory.
        self._free = asyncio.Semaphore(_AT_ONCE)

    @cached_property
    def _store(self) -> FileStore:
        return self._open_store()

    @override
    async def put(self, workspace_id: UUID, asset_id: UUID, file: BinaryIO) -> Kept:
        async with self._free:
            content, shown = await asyncio.to_thread(clean, file)
        name = name_of(asset_id)
        await self._store.put(workspace_id, name, BytesIO(content), shown.content_type)
        return Kept(shown=shown, size=len(content))

    @override
    def read(self, workspace_id: UUID, asset_id: UUID) -> AsyncIterator[bytes]:
        return self._store.read(workspace_id, name_of(asset_id))

    @override
    async def fit(self, workspace_id: UUID, picture: Picture, limit: ImageLimit) -> PostImage:
        parts = [part async for part in self.read(workspace_id, picture.asset_id)]
        async with self._free:
            content, shown = await asyncio.to_thread(fit, b"".join(parts), limit)
        return PostImage(
            content=content,
            content_type=shown.content_type,
            alt=picture.alt,
            width=shown.width,
            height=shown.height,
        )
