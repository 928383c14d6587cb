"""Secrets of webhook addresses, derived from the installation's own keys: nothing to store or lose.

A network is given the newest; while the keys are being rotated, the older ones are accepted too.
"""

import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from typing_extensions import override

from services.inbox.domain.outside import HookSecrets


class DerivedSecrets(HookSecrets):
    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    @override
    def of(self, profile_id: UUID) -> Sequence[str]:
        return [_derive(key, "webhook", profile_id) for key in self._keys]

    @override
    def handshake(self, profile_id: UUID) -> str:
        return _derive(self._keys[0], "handshake", profile_id)


@lru_cache(maxsize=10_000)
def _derive(key: str, purpose: str, profile_id: UUID) -> str:
    return hmac.new(key.encode(), f"{purpose}/{profile_id}".encode(), hashlib.sha256).hexdigest()
