"""Identifiers of the AT Protocol: record keys made from our own keys, and at:// addresses."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from typing_extensions import override

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_CLOCK_BITS = 10
_SPREAD = 30  # Bits of microseconds, about eighteen minutes.


def moment_of(key: UUID) -> datetime:
    """When a UUIDv7 was made: the same on every repetition of a command."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def tid(key: UUID) -> str:
    """A record key (TID) that is always the same for one UUIDv7.

    A TID is 53 bits of microseconds and 10 bits of clock id. Only the upper part tells the time
    here; the lower forty bits come from the whole key, since two commands that got the same record
    key would overwrite each other.
    """
    bucket = ((key.int >> 80) * 1000 >> _SPREAD) - 1  # One back, so that none lies in the future.
    spread = int.from_bytes(hashlib.sha256(key.bytes).digest()[:5], "big")
    number = (bucket << _SPREAD + _CLOCK_BITS | spread) & (2**63 - 1)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


@dataclass(frozen=True, slots=True)
class AtUri:
    """The address of a record: at://<repo>/<collection>/<rkey>."""

    repo: str
    collection: str
    rkey: str

    @classmethod
    def parse(cls, uri: str) -> "AtUri":
        scheme, _, path = uri.partition("://")
        match path.split("/"):
            case [repo, collection, rkey] if scheme == "at" and repo and collection and rkey:
                return cls(repo, collection, rkey)
        raise ValueError(f"not an at:// address of a record: {uri}")

    @override
    def __str__(self) -> str:
        return f"at://{self.repo}/{self.collection}/{self.rkey}"
