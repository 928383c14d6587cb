"""Keeps the world over a restart: one JSON file, replaced atomically, written when it changed."""

import asyncio
from pathlib import Path

from deploy.sandbox.model import State
from deploy.sandbox.world import World


class Snapshot:
    """The network itself is not what is tested here; losing its last seconds is acceptable."""

    def __init__(self, world: World, path: Path, every: float) -> None:
        self._world = world
        self._path = path
        self._every = every
        self._saved = -1
        self._task: asyncio.Task[None] | None = None

    def load(self) -> bool:
        """Whether there was a world to go on with."""
        if not self._path.exists():
            return False
        self._world.state = State.model_validate_json(self._path.read_bytes())
        self._saved = self._world.state.counter
        return True

    def save(self) -> None:
        if self._world.state.counter == self._saved:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(self._world.state.model_dump_json(), encoding="utf-8")
        fresh.replace(self._path)
        self._saved = self._world.state.counter

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.save()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            self.save()
