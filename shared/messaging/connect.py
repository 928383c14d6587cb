"""Picks the bus that the settings name."""

from datetime import timedelta

from shared.messaging.bus import Bus
from shared.messaging.postgres import PostgresBus
from shared.settings import PlatformSettings

RETENTION = timedelta(days=7)


def open_bus(settings: PlatformSettings) -> Bus:
    """The bus of this process, not yet started."""
    return PostgresBus(
        settings.bus_database_url, partitions=settings.bus_partitions, retention=RETENTION
    )
