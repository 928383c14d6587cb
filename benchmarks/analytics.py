"""The analytics service with its loops at rest, and tables that its own consumer has filled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from uuid import UUID

from benchmarks.log import Log, drain
from benchmarks.stories import EVENTS_EACH, Author, as_record
from benchmarks.world import ROOT, Urls, World, platform_settings
from services.analytics.app import build
from services.analytics.settings import AnalyticsSettings
from shared.clock import SystemClock
from shared.collector import calm_collector
from shared.service import Service

DAYS = timedelta(days=180)
"""What the large tables cover: 90 days and the 90 before."""

_AT_ONCE = 20_000


@asynccontextmanager
async def running_analytics(urls: Urls) -> AsyncIterator[Service]:
    """The service, called by hand."""
    settings = AnalyticsSettings(
        database_url=urls["analytics"], port=0, platform=platform_settings(urls)
    )
    service = build(settings, SystemClock())
    calm_collector()
    try:
        yield service
    finally:
        await service.database.close()


def author_of(size: int) -> Author:
    """Tells so many events within the days of the large tables."""
    return Author(1, every=DAYS / (size / EVENTS_EACH))


async def filled_with(world: World, size: int) -> tuple[Urls, UUID, list[UUID]]:
    """A database that holds so many events, its workspace and the profiles of it."""
    author = author_of(size)
    prefix = f"bench_analytics_{size}_"
    name = f"{prefix}{_fingerprint()}"
    if not world.has(name):
        world.drop_all(prefix)
        urls = world.fresh_database(f"{name}_unfinished")
        await _fill(urls, author, size)
        world.rename(f"{name}_unfinished", name)
    return world.kept_database(name), author.workspace_id, author.profiles


def _fingerprint() -> str:
    """Of all that fills the tables: what others have filled is not what this code would."""
    files = [Path(__file__), ROOT / "benchmarks" / "stories.py"]
    files += [ROOT / "shared" / "events" / "inbox.py"]
    files += sorted((ROOT / "services" / "analytics").rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


async def _fill(urls: Urls, author: Author, size: int) -> None:
    log, events = Log(), islice(author.tell(), size)
    async with running_analytics(urls) as service:
        while some := [as_record(one, 0) for one in islice(events, _AT_ONCE)]:
            log.append(some)
            await drain(service.consumer, log)
