"""The last events, so that a stream that broke off can go on where it was."""

from collections import deque
from collections.abc import Iterator
from itertools import islice

from gateway.live.audience import AnyAudience

Entry = tuple[int, bytes, AnyAudience]


class Ring:
    """Keeps `size` events at most; sequence numbers count up without a gap."""

    def __init__(self, size: int) -> None:
        self._entries: deque[Entry] = deque(maxlen=size)
        self.last = 0

    def append(self, frame: bytes, audience: AnyAudience) -> None:
        self.last += 1
        self._entries.append((self.last, frame, audience))

    def since(self, sequence: int) -> Iterator[Entry] | None:
        """What came after `sequence`; None when some of that is forgotten or never was."""
        missing = self.last - sequence
        if missing < 0 or missing > len(self._entries):
            return None
        return islice(self._entries, len(self._entries) - missing, None)

    def clear(self) -> None:
        self._entries.clear()
