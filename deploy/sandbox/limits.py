"""Rate limits per account in windows of the virtual clock, stated in the answer's headers."""

import math
from datetime import datetime, timedelta

from deploy.sandbox.clock import VirtualClock
from deploy.sandbox.refusals import RefusalError

WINDOW = timedelta(minutes=1)


class _Window:
    def __init__(self, reset_at: datetime) -> None:
        self.reset_at = reset_at
        self.used = 0


class Limits:
    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._windows: dict[str, _Window] = {}

    def reset(self) -> None:
        self._windows.clear()

    def count(self, account_id: str, limit: int) -> dict[str, str]:
        """Use one call up; raises when there is none left until the window ends."""
        now = self._clock.now()
        window = self._windows.get(account_id)
        if window is None or now >= window.reset_at:
            window = self._windows[account_id] = _Window(now + WINDOW)
        window.used += 1
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - window.used)),
            "X-RateLimit-Reset": str(math.ceil(window.reset_at.timestamp())),
        }
        if window.used > limit:
            wait = max(1, math.ceil((window.reset_at - now).total_seconds()))
            raise RefusalError(429, "rate_limited", "Too many requests.", retry_after=wait)
        return headers
