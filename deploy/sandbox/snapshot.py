"""Keeps the world over a restart: one JSON file, replaced atomically, written when it changed."""

import asyncio
import sys
from pathlib import Path

from pydantic import ValidationError

from deploy.sandbox.model import State
from deploy.sandbox.world import World

# Ids of the seconds that a sudden end took away are known outside; they are not given out again.
_SKIPPED = 100_000


class Snapshot:
    """Of a sudden end only the last seconds of talk are lost, never a token or a subscription."""

    def __init__(self, world: World, path: Path, every: float) -> None:
        self._world = world
        self._path = path
        self._every = every
        self._saved = -1
        self._task: asyncio.Task[None] | None = None

    def load(self) -> bool:
        """Whether there was a world to go on with; one that cannot be read is put aside."""
        if not self._path.exists():
            return False
        try:
            self._world.state = State.model_validate_json(self._path.read_bytes())
        except ValidationError:
            aside = self._path.with_suffix(".unreadable")
            self._path.replace(aside)
            sys.stderr.write(f"The saved world cannot be read; it lies in {aside} now.\n")
            return False
        self._world.state.counter += _SKIPPED
        return True

    def save(self) -> None:
        if self._world.state.counter != self._saved:
            self.keep()

    def keep(self) -> None:
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
