"""Files: one interface over a local folder, S3, Google Cloud Storage and Azure.

An address (`file:///...`, `s3://bucket/prefix`, `gs://`, `az://`) decides which; credentials and
endpoints come from the cloud's own environment names. Every key starts with the workspace, so that
one workspace can be exported or removed by its prefix.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.exceptions import NotFoundError as MissingError
from obstore.store import LocalStore, from_url

from shared.errors import InvalidError, NotFoundError, UnavailableError

_CHUNK = 1 << 20


class FileNotFoundInStoreError(NotFoundError):
    code = "storage.file_not_found"
    title = "This file is not there (any more)."


class FileNameError(InvalidError):
    code = "storage.file_name"
    title = "A file's name has plain parts, separated by slashes."


class StorageUnavailableError(UnavailableError):
    code = "storage.unavailable"
    title = "The file store does not answer; try again shortly."


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the store says about a file; `size` in bytes."""

    size: int
    content_type: str | None


class FileStore:
    """The files of an installation."""

    def __init__(self, url: str, options: Mapping[str, Any] | None = None) -> None:
        self._store: Any
        if url.startswith("file:"):
            folder = Path(unquote(urlsplit(url).path))
            # A local folder keeps no content types; the database that names a file knows its own.
            self._store = LocalStore(folder, mkdir=True)
            self._keeps_types = False
        else:
            self._store = from_url(url, **dict(options or {}))
            self._keeps_types = True

    async def put(
        self, workspace_id: UUID, name: str, content: bytes | BinaryIO, content_type: str
    ) -> None:
        """Store a file, in place of one of that name; an open one is read in pieces."""
        attributes = {"Content-Type": content_type} if self._keeps_types else None
        try:
            await obstore.put_async(
                self._store, _key(workspace_id, name), content, attributes=attributes
            )
        except (BaseError, OSError) as error:
            raise StorageUnavailableError(str(error)) from error

    async def describe(self, workspace_id: UUID, name: str) -> StoredFile:
        """Size and type of a file; raises `FileNotFoundInStoreError`."""
        found = await self._get(workspace_id, name)
        return StoredFile(found.meta["size"], found.attributes.get("Content-Type"))

    async def read(self, workspace_id: UUID, name: str) -> AsyncIterator[bytes]:
        """The content in chunks of about a megabyte; raises `FileNotFoundInStoreError`."""
        found = await self._get(workspace_id, name)
        async for chunk in found.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)

    async def remove(self, workspace_id: UUID, name: str) -> None:
        """Remove a file; one that is gone is no failure."""
        try:
            await obstore.delete_async(self._store, _key(workspace_id, name))
        except (MissingError, FileNotFoundError):
            return
        except (BaseError, OSError) as error:
            raise StorageUnavailableError(str(error)) from error

    async def _get(self, workspace_id: UUID, name: str) -> Any:
        try:
            return await obstore.get_async(self._store, _key(workspace_id, name))
        except (MissingError, FileNotFoundError) as error:
            raise FileNotFoundInStoreError from error
        except (BaseError, OSError) as error:
            raise StorageUnavailableError(str(error)) from error


def _key(workspace_id: UUID, name: str) -> str:
    parts = name.split("/")
    if not all(part and part not in {".", ".."} and part.isprintable() for part in parts):
        raise FileNameError
    return f"{workspace_id}/{name}"
