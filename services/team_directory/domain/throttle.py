"""How many tries are allowed: a burst at once, then one for each interval.

The state of a limit is one moment, at which it is full again (the generic cell rate algorithm), so
that it fits into one row and one atomic statement.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address


@dataclass(frozen=True, slots=True)
class Limit:
    key: str
    burst: int
    interval: timedelta

    @property
    def tolerance(self) -> timedelta:
        """How far into the future a limit may be full again while one more try is allowed."""
        return self.interval * (self.burst - 1)

    def wait(self, full_at: datetime, now: datetime) -> timedelta:
        """How long to wait before the next try."""
        return full_at - now - self.tolerance


def account_limit(email: str) -> Limit:
    """Ten tries for an account, then one each 30 seconds, wherever they come from."""
    name = hashlib.sha256(email.lower().encode()).hexdigest()
    return Limit(f"account:{name}", burst=10, interval=timedelta(seconds=30))


def reset_limit(email: str) -> Limit:
    """Three mails with a link, then one each 20 minutes: nobody fills the mailbox of another."""
    name = hashlib.sha256(email.lower().encode()).hexdigest()
    return Limit(f"reset:{name}", burst=3, interval=timedelta(minutes=20))


def address_limit(ip: str) -> Limit:
    """Forty tries from one place, then one each five seconds: an office shares an address."""
    return Limit(f"address:{_network(ip)}", burst=40, interval=timedelta(seconds=5))


def _network(ip: str) -> str:
    """One household has a whole /64 of IPv6 addresses, so that is one place."""
    try:
        address = ip_address(ip)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
