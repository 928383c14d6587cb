"""Calling a network in the name of a profile: opened, refreshed once, reported when it is over."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import structlog

from shared.clock import Clock
from shared.errors import ParleyError
from shared.networks.errors import (
    AmbiguousError,
    AuthExpiredError,
    AuthRevokedError,
    NetworkError,
    RemoteTransientError,
)
from shared.networks.types import Access
from shared.profiles.access import Directory, Networks, Opened

log = structlog.get_logger()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Caller:
    """What jobs need in order to call networks."""

    networks: Networks
    directory: Directory
    clock: Clock

    async def open(self, workspace_id: UUID, profile_id: UUID) -> Opened:
        """What opens the profile, renewed when it is about to expire."""
        opened = await self.directory.open(workspace_id, profile_id)
        if opened.access.credentials.is_due(self.clock.now()):
            return await self.directory.reopen(workspace_id, profile_id, opened)
        return opened

    async def call(
        self, workspace_id: UUID, profile_id: UUID, do: Callable[[Access], Awaitable[T]]
    ) -> T:
        """The result of `do`; an expired token is renewed once, and `do` is called once more.

        Raises what the network answers. Only when the network no longer accepts the connection is
        this told to team_directory, which asks a person to connect the profile again.
        """
        try:
            opened = await self.open(workspace_id, profile_id)
            try:
                return await do(opened.access)
            except AuthExpiredError:
                newer = await self.directory.reopen(workspace_id, profile_id, opened)
            except AuthRevokedError:
                # A person may have connected the profile again since we asked what opens it.
                newer = await self.directory.open(workspace_id, profile_id, fresh=True)
                if newer.renewed_at <= opened.renewed_at:
                    raise
            return await do(newer.access)
        except (AuthExpiredError, AuthRevokedError) as error:
            await self._report(workspace_id, profile_id, error)
            raise

    async def command(
        self,
        workspace_id: UUID,
        profile_id: UUID,
        do: Callable[[Access], Awaitable[T]],
        until: float,
    ) -> T:
        """As `call`, for what must not be done twice: raises network errors and no others.

        `until`, by the clock of the event loop, nothing leaves any more, even if this process was
        halted meanwhile; silence until then is `AmbiguousError`.
        """
        if asyncio.get_running_loop().time() >= until:
            raise RemoteTransientError("It was too late to begin with this.")
        try:
            async with asyncio.timeout_at(until):
                return await self.call(workspace_id, profile_id, do)
        except TimeoutError as error:
            raise AmbiguousError from error
        except NetworkError:
            raise
        except ParleyError as error:
            # What opens the profile could not be had, so nothing was sent.
            raise RemoteTransientError(error.detail) from error

    async def _report(self, workspace_id: UUID, profile_id: UUID, error: ParleyError) -> None:
        try:
            await self.directory.report(workspace_id, profile_id, error.code, error.detail)
        except ParleyError as failure:
            # The profile is met again by the next call, which reports again.
            log.warning("profiles.report_failed", profile_id=str(profile_id), code=failure.code)
