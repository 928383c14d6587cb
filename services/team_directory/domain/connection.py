"""The life of a connection to a network, and when to look after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from shared.networks.types import Account


class ConnectionState(StrEnum):
    CONNECTING = "connecting"  # A person is away on the network's consent page.
    CONNECTED = "connected"
    NEEDS_PERSON = "needs_person"
    DISCONNECTED = "disconnected"


class Happening(StrEnum):
    SIGNED_IN = "signed_in"  # A person has given us working credentials.
    WORKED = "worked"  # The network has accepted the credentials.
    REFUSED = "refused"  # The network has refused the credentials, by code.
    ENDED = "ended"  # A person has disconnected the profile.


_NEXT: Mapping[tuple[ConnectionState, Happening], ConnectionState] = {
    (ConnectionState.CONNECTING, Happening.SIGNED_IN): ConnectionState.CONNECTED,
    (ConnectionState.CONNECTED, Happening.SIGNED_IN): ConnectionState.CONNECTED,
    (ConnectionState.CONNECTED, Happening.REFUSED): ConnectionState.NEEDS_PERSON,
    (ConnectionState.CONNECTED, Happening.ENDED): ConnectionState.DISCONNECTED,
    (ConnectionState.NEEDS_PERSON, Happening.SIGNED_IN): ConnectionState.CONNECTED,
    (ConnectionState.NEEDS_PERSON, Happening.WORKED): ConnectionState.CONNECTED,
    (ConnectionState.NEEDS_PERSON, Happening.ENDED): ConnectionState.DISCONNECTED,
    (ConnectionState.DISCONNECTED, Happening.SIGNED_IN): ConnectionState.CONNECTED,
}

# Only these say that the credentials are at fault. A missing scope stops one kind of action and a
# network that is down stops all of them for a while; neither disconnects a profile.
_AUTH_CODES = frozenset({"network.auth_expired", "network.auth_revoked"})

CHECK_INTERVAL = timedelta(hours=6)
WARNING_AHEAD = timedelta(hours=48)
ATTEMPT_LIFETIME = timedelta(hours=1)


def next_state(state: ConnectionState, happening: Happening) -> ConnectionState:
    """Where a happening leads; one that means nothing in a state changes nothing.

    So a check that runs in the background never makes a half-finished profile look connected.
    """
    return _NEXT.get((state, happening), state)


def is_auth_failure(code: str) -> bool:
    return code in _AUTH_CODES


def next_check(now: datetime, expires_at: datetime | None, *, refreshable: bool) -> datetime:
    """When to test a connection again: regularly, and ahead of the end of a token.

    A token that cannot be renewed needs a person, who must hear of it before a post fails.
    """
    regular = now + CHECK_INTERVAL
    if expires_at is None or refreshable:
        return regular
    ahead = expires_at - WARNING_AHEAD
    return min(regular, ahead) if ahead > now else regular


def runs_out_soon(now: datetime, expires_at: datetime | None, *, refreshable: bool) -> bool:
    return expires_at is not None and not refreshable and expires_at - now <= WARNING_AHEAD


def account_key(account: Account) -> str:
    """The external id, unique over all servers of a network.

    An id with a colon (a DID, a URN) is global; any other is numbered by its own server.
    """
    if ":" in account.external_id:
        return account.external_id
    return f"{account.external_id}@{urlsplit(account.base_url).netloc.lower()}"
