"""What a service needs in order to use a profile: its network, and what opens it there.

The adapters implement these; jobs are given them, so that no rule here knows a transport.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.networks.connector import Connector
from shared.networks.types import Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A profile's account with its credentials; `renewed_at` tells newer ones from older ones."""

    access: Access
    scopes: frozenset[str]
    renewed_at: datetime


class Networks(Protocol):
    def get(self, network: str) -> Connector:
        """The connector of a network; raises a declared error when there is none."""


class Directory(Protocol):
    """team_directory, which alone keeps credentials."""

    async def open(self, workspace_id: UUID, profile_id: UUID, *, fresh: bool = False) -> Opened:
        """What opens the profile; kept for a short time unless a `fresh` answer is asked for.

        Raises `AuthRevokedError` when nothing does.
        """

    async def reopen(self, workspace_id: UUID, profile_id: UUID, stale: Opened) -> Opened:
        """The same after the network refused `stale`: refreshed once, whoever asks."""

    async def report(self, workspace_id: UUID, profile_id: UUID, code: str, reason: str) -> None:
        """Say that a person must connect the profile again."""
