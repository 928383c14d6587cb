"""The inbox service with its loops at rest, and what it must know of a profile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import asyncpg

from benchmarks.world import Urls, platform_settings
from deploy.local.ports import HOST
from services.inbox.app import compose
from services.inbox.settings import InboxSettings
from shared.clock import SystemClock
from shared.collector import calm_collector
from shared.networks.registry import NetworkSettings
from shared.profiles.outside import Outside, reach
from shared.service import Service

SANDBOX_NOWHERE = f"http://{HOST}:1"
"""Where the sandbox network would be; nothing is asked of it."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The service, called by hand, and the networks that it reads."""

    service: Service
    outside: Outside


@asynccontextmanager
async def running_inbox(urls: Urls) -> AsyncIterator[Inbox]:
    settings = InboxSettings(
        database_url=urls["inbox"],
        port=0,
        platform=platform_settings(urls),
        networks=NetworkSettings(sandbox_url=SANDBOX_NOWHERE),
    )
    outside = reach("inbox", settings, SystemClock())
    service = compose(settings, SystemClock(), outside)
    calm_collector()
    try:
        yield Inbox(service, outside)
    finally:
        for close in outside.closers:
            await close()
        await service.database.close()


async def add_profile(connection: asyncpg.Connection, workspace_id: UUID, profile_id: UUID) -> None:
    """A profile of the sandbox network that was connected before anybody wrote to it."""
    await connection.execute(
        "INSERT INTO inbox.profiles (workspace_id, id, network, external_id, handle, display_name,"
        " state, scopes, connected_at)"
        " VALUES ($1, $2, 'sandbox', 'alderfinch', 'alderfinch', 'Alderfinch', 'connected', '{}',"
        " '2026-01-01')",
        workspace_id,
        profile_id,
    )


async def add_hook(connection: asyncpg.Connection, workspace_id: UUID, profile_id: UUID) -> None:
    """Where the network's webhooks about this profile come to."""
    await connection.execute(
        "INSERT INTO inbox.hook_addresses (profile_id, workspace_id, network)"
        " VALUES ($1, $2, 'sandbox')",
        profile_id,
        workspace_id,
    )
