"""A relay as a process of its own that is halted between sending and stamping."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import timedelta

from typing_extensions import override

from shared.db.database import Database
from shared.messaging.bus import Message, Position
from shared.messaging.postgres import PostgresBus
from shared.messaging.relay import Relay


class HaltingBus(PostgresBus):
    @override
    async def publish(self, messages: Sequence[Message]) -> Sequence[Position]:
        positions = await super().publish(messages)
        os.kill(os.getpid(), signal.SIGSTOP)
        return positions


async def main(database_url: str, bus_url: str) -> None:
    database = Database(database_url, producer="team_directory")
    bus = HaltingBus(bus_url, partitions=2, retention=timedelta(days=7))
    await bus.start()
    await Relay(database, bus).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
