"""A consumer as a process of its own: it fetches, tells what it got, and never commits."""

import asyncio
import sys

import structlog

from shared.messaging.connect import open_bus
from shared.settings import PlatformSettings


async def main(group: str, topic: str) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    bus = open_bus(PlatformSettings())
    await bus.start()
    async with bus.consume(group, [topic]) as consumer:
        while True:
            for records in (await consumer.fetch(100, 5)).values():
                sys.stdout.writelines(f"{record.body.decode()}\n" for record in records)
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
