"""Links that work without a login and without a row: who they are for, signed by us."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_ID_BYTES = 16
_MAC_BYTES = 16


class Signer:
    """The first key signs, all verify; `purpose` keeps one kind of link from serving as another."""

    def __init__(self, keys: Sequence[str], purpose: str) -> None:
        info = f"parley signed link: {purpose}".encode()
        self._keys = [
            HKDF(SHA256(), 32, salt=None, info=info).derive(key.strip().encode()) for key in keys
        ]

    def sign(self, workspace_id: UUID, person_id: UUID) -> str:
        body = workspace_id.bytes + person_id.bytes
        return base64.urlsafe_b64encode(body + _mac(self._keys[0], body)).decode()

    def read(self, token: str) -> tuple[UUID, UUID] | None:
        """The workspace and the person of a token; None unless we have signed it."""
        try:
            raw = base64.urlsafe_b64decode(token)
        except (binascii.Error, ValueError):
            return None
        body, mac = raw[: 2 * _ID_BYTES], raw[2 * _ID_BYTES :]
        if not any(hmac.compare_digest(mac, _mac(key, body)) for key in self._keys):
            return None
        return UUID(bytes=body[:_ID_BYTES]), UUID(bytes=body[_ID_BYTES:])


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, hashlib.sha256)[:_MAC_BYTES]
