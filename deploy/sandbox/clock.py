"""The network's own time: it can stand still, jump and run faster than the real one.

Everything a member of the network would call a time comes from here, so that a window of seven days
can be closed in a test without waiting. Sockets and retries live in real time.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _system_now() -> datetime:
    return datetime.now(UTC)


class VirtualClock:
    def __init__(self, real: Callable[[], datetime] = _system_now) -> None:
        self._real = real
        self.restart()

    def restart(self) -> None:
        """Go with the real clock again."""
        self._virtual_anchor = self._real_anchor = self._real()
        self._speed = 1.0

    @property
    def speed(self) -> float:
        """How many virtual seconds pass in a real one; 0 means frozen."""
        return self._speed

    def now(self) -> datetime:
        return self._virtual_anchor + (self._real() - self._real_anchor) * self._speed

    def _anchor(self, virtual: datetime) -> None:
        self._virtual_anchor, self._real_anchor = virtual, self._real()

    def set(self, instant: datetime) -> None:
        self._anchor(instant.astimezone(UTC))

    def advance(self, step: timedelta) -> None:
        self._anchor(self.now() + step)

    def run(self, speed: float) -> None:
        self._anchor(self.now())
        self._speed = speed

    def freeze(self) -> None:
        self.run(0.0)
