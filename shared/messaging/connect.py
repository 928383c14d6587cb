"""Which bus it is: decided once, by the settings."""

from datetime import timedelta

from shared.messaging.bus import Bus
from shared.messaging.postgres import PostgresBus
from shared.settings import BusKind, PlatformSettings


def open_bus(settings: PlatformSettings) -> Bus:
    """The bus of this platform, not started yet."""
    retention = timedelta(days=settings.bus_retention_days)
    if settings.bus is BusKind.KAFKA:
        from shared.messaging.kafka import KafkaBus  # noqa: PLC0415 - spares the others its import

        return KafkaBus(
            settings.kafka_bootstrap, partitions=settings.bus_partitions, retention=retention
        )
    return PostgresBus(
        settings.bus_database_url,
        partitions=settings.bus_partitions,
        retention=retention,
        lease=timedelta(seconds=settings.lease_seconds),
    )
