"""Encryption of secrets at rest: AES-GCM with a ring of keys, bound to the place of the secret."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32
_ID_BYTES = 8
_NONCE_BYTES = 12


class UnreadableSecretError(RuntimeError):
    """A fault, not an expected failure: the key was taken away, or the row was tampered with."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted secret; the id of its key stands at its beginning, too."""

    ciphertext: bytes
    key_id: str


class Vault:
    """The first key encrypts, all decrypt.

    `place` says where the secret belongs (a workspace and a profile): moved elsewhere it does not
    open, so that nobody who can write rows can make one profile use another's credentials.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        derived = [_derive(key) for key in keys]
        self._ciphers = {_key_id(key): AESGCM(key) for key in derived}
        self._first = _key_id(derived[0])

    @property
    def key_id(self) -> str:
        """The key that encrypts; what another key has encrypted is due to be encrypted anew."""
        return self._first.hex()

    def seal(self, plain: bytes, place: str) -> Sealed:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        body = self._ciphers[self._first].encrypt(nonce, plain, place.encode())
        return Sealed(self._first + nonce + body, self.key_id)

    def open(self, ciphertext: bytes, place: str) -> bytes:
        """The secret; raises `UnreadableSecretError`."""
        key_id, rest = ciphertext[:_ID_BYTES], ciphertext[_ID_BYTES:]
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnreadableSecretError(f"The key {key_id.hex()} is not among those configured.")
        try:
            return cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode())
        except InvalidTag as error:
            raise UnreadableSecretError("The secret does not belong here.") from error

    def is_stale(self, ciphertext: bytes) -> bool:
        return ciphertext[:_ID_BYTES] != self._first


def _derive(key: str) -> bytes:
    """A key of the right length from a text of any length; the text must hold enough chance."""
    kdf = HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"parley secrets at rest")
    return kdf.derive(key.strip().encode())


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"parley key id" + key).digest()[:_ID_BYTES]
