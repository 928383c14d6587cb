"""Live traffic: lets the scripted people act at a steady rate while the process runs."""

import asyncio

from deploy.sandbox.model import Item
from deploy.sandbox.scripts import Script


class Traffic:
    """What is said is repeatable; only the moment depends on real time."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.per_minute = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self, per_minute: float) -> None:
        """Begin, or go on at another rate."""
        self._cancel()
        self.per_minute = per_minute
        if per_minute > 0:
            self._task = asyncio.get_running_loop().create_task(self._run(60 / per_minute))

    async def stop(self) -> None:
        task = self._cancel()
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    def step(self, count: int) -> list[Item]:
        """Act at once instead of waiting; for tests and for filling a world."""
        acted = (self.script.act() for _ in range(count))
        return [item for item in acted if item is not None]

    def _cancel(self) -> asyncio.Task[None] | None:
        task, self._task = self._task, None
        self.per_minute = 0.0
        if task is not None:
            task.cancel()
        return task

    async def _run(self, pause: float) -> None:
        while True:
            await asyncio.sleep(pause)
            self.script.act()
