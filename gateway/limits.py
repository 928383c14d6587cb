"""How often somebody may ask: moving windows in memory, by person or address and kind of request.

The windows are those of the `limits` library; only where it keeps them is our own, because its own
memory store starts a thread to forget old entries.
"""

import time
from collections import deque

from limits import RateLimitItem, parse
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter
from typing_extensions import override

from gateway.errors import RateLimitError
from gateway.inbound import Headers
from gateway.routes import RateClass


class WindowStorage(Storage, MovingWindowSupport):
    """The times of the hits of each key; `sweep` forgets keys that have had none for long."""

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._hits: dict[str, deque[float]] = {}
        self._longest = 0
        # Start and number of hits of the window that was entered last, so that the headers of an
        # answer need no second look.
        self.entered = (0.0, 0)

    @override
    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        now = time.time()
        hits = self._current(key, now - expiry)
        if len(hits) + amount > limit:
            return False
        hits.extend([now] * amount)
        self._hits[key] = hits
        self._longest = max(self._longest, expiry)
        self.entered = (hits[0], len(hits))
        return True

    @override
    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        now = time.time()
        hits = self._current(key, now - expiry)
        return (hits[0] if hits else now), len(hits)

    def sweep(self) -> None:
        horizon = time.time() - self._longest
        for key in [key for key, hits in self._hits.items() if hits[-1] < horizon]:
            del self._hits[key]

    def _current(self, key: str, since: float) -> deque[float]:
        hits = self._hits.get(key)
        if hits is None:
            return deque()
        while hits and hits[0] <= since:
            hits.popleft()
        if not hits:
            del self._hits[key]
        return hits

    # What the other strategies of the library would need.

    @property
    @override
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    @override
    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError

    @override
    def get(self, key: str) -> int:
        return len(self._hits.get(key, ()))

    @override
    def get_expiry(self, key: str) -> float:
        raise NotImplementedError

    @override
    def check(self) -> bool:
        return True

    @override
    def reset(self) -> int:
        number = len(self._hits)
        self._hits.clear()
        return number

    @override
    def clear(self, key: str) -> None:
        self._hits.pop(key, None)


def _read_rate(rate: str) -> RateLimitItem:
    """A rate whose keys are only joined; the library's way costs more than the window itself."""
    parsed = parse(rate)

    class Rate(type(parsed)):  # type: ignore[misc]  # The library has a class for each unit.
        @override
        def key_for(self, *identifiers: str) -> str:
            return "/".join(identifiers)

    item: RateLimitItem = Rate(parsed.amount, parsed.multiples)
    return item


class RateLimits:
    """One rate for each class of requests."""

    def __init__(self, rates: dict[RateClass, str]) -> None:
        self._storage = WindowStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._items = {name: _read_rate(rate) for name, rate in rates.items()}

    def hit(self, kind: RateClass, who: str) -> Headers:
        """Count one request; its RateLimit headers, or `RateLimitError` when it is one too many."""
        item = self._items[kind]
        if not self._limiter.hit(item, kind, who):
            raise self._refusal(kind, who)
        start, number = self._storage.entered
        left = start + item.get_expiry() - time.time()
        return limit_headers(item.amount, item.amount - number, left)

    def check(self, kind: RateClass, who: str) -> None:
        """Raise `RateLimitError` when the next request would be one too many."""
        if not self._limiter.test(self._items[kind], kind, who):
            raise self._refusal(kind, who)

    def sweep(self) -> None:
        self._storage.sweep()

    def _refusal(self, kind: RateClass, who: str) -> RateLimitError:
        stats = self._limiter.get_window_stats(self._items[kind], kind, who)
        wait = max(1, round(stats.reset_time - time.time()))
        return RateLimitError(retry_after=wait, limit=self._items[kind].amount)


def limit_headers(limit: int, remaining: int, seconds: float) -> Headers:
    """What a client is told of its allowance; `seconds` until a place comes free."""
    return [
        (b"ratelimit-limit", b"%d" % limit),
        (b"ratelimit-remaining", b"%d" % remaining),
        (b"ratelimit-reset", b"%d" % max(0, round(seconds))),
    ]
