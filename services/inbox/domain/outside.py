"""What the inbox needs of the world outside, beside the networks and what opens a profile on them.

The adapters implement these; jobs are given them, so that no rule here knows a transport.
"""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID


class HookSecrets(Protocol):
    """The secrets that webhooks of a profile may be signed with, the newest first."""

    def of(self, profile_id: UUID) -> Sequence[str]: ...

    def handshake(self, profile_id: UUID) -> str:
        """What a network must show before its first call."""
