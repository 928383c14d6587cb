"""Argon2 in two threads: a hash takes a fifth of a second of a core and 64 MB of memory."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from services.team_directory.errors import TooManyTriesError

_AT_ONCE = 2
_WAITING = 40
_SECONDS_EACH = 0.2

T = TypeVar("T")


class Argon2Passwords:
    """Two at once, some may wait, the rest is told to come back: memory stays bounded."""

    def __init__(self, *, memory_kib: int, rounds: int) -> None:
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="argon2")
        self._pending = 0
        # Checked for accounts that do not exist, so that they take as long as those that do.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        return await self._run(lambda: self._hasher.hash(password))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        right = await self._run(lambda: self._verify(password_hash or self._nobody, password))
        return right and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        return self._hasher.check_needs_rehash(password_hash)

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._pending >= _WAITING:
            raise TooManyTriesError(retry_after=_WAITING * _SECONDS_EACH / _AT_ONCE)
        self._pending += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._pending -= 1

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
