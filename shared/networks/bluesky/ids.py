"""Identifiers of the AT Protocol: record keys made from our own keys, and at:// addresses."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from typing_extensions import override

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def moment_of(key: UUID) -> datetime:
    """When a UUIDv7 was made: the same on every repetition of a command."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def tid(key: UUID) -> str:
    """A record key (TID) that is always the same for one UUIDv7.

    A TID is 53 bits of microseconds and 10 bits of clock id; what a UUIDv7 lacks in precision is
    taken from its random part.
    """
    micros = (key.int >> 80) * 1000 + (key.int & 0xFFFF) % 1000
    number = (micros & (2**53 - 1)) << 10 | (key.int >> 16 & 0x3FF)
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
