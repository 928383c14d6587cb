"""Calls in the name of a profile: what is renewed, what is tried again, what a person must mend."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest
from typing_extensions import override

from shared.clock import ManualClock
from shared.errors import UnavailableError
from shared.ids import new_id
from shared.networks.connector import Connector
from shared.networks.errors import AuthExpiredError, AuthRevokedError, RemoteTransientError
from shared.networks.types import Access, Account, Credentials
from shared.profiles.access import Directory, Networks, Opened
from shared.profiles.caller import Caller
from tests.support.inbound import BEGIN

WORKSPACE, PROFILE = new_id(), new_id()
ACCOUNT = Account(external_id="us", handle="us", base_url="https://plain.example")


class NoNetworks(Networks):
    @override
    def get(self, network: str) -> Connector:
        raise NotImplementedError


def opened(number: int, *, expires_in: float = 60) -> Opened:
    credentials = Credentials(
        data={"token": number},
        expires_at=BEGIN + timedelta(minutes=expires_in),
        refreshable=True,
    )
    return Opened(
        access=Access(account=ACCOUNT, credentials=credentials),
        scopes=frozenset(),
        renewed_at=BEGIN + timedelta(seconds=number),
    )


@dataclass
class FakeDirectory(Directory):
    """Hands out numbered credentials; `newest` is what it has, `cached` what it answers first."""

    cached: Opened
    newest: Opened
    asked: list[str] = field(default_factory=list)
    fails_to_report: bool = False

    @override
    async def open(self, workspace_id: UUID, profile_id: UUID, *, fresh: bool = False) -> Opened:
        self.asked.append("fresh" if fresh else "open")
        return self.newest if fresh else self.cached

    @override
    async def reopen(self, workspace_id: UUID, profile_id: UUID, stale: Opened) -> Opened:
        self.asked.append("reopen")
        return self.newest

    @override
    async def report(self, workspace_id: UUID, profile_id: UUID, code: str, reason: str) -> None:
        self.asked.append(f"report {code}")
        if self.fails_to_report:
            raise UnavailableError


def refusing(*refusals: Exception) -> Callable[[Access], Awaitable[int]]:
    """Raises these one call after the other, then answers with the token it was given."""
    left = list(refusals)

    async def do(access: Access) -> int:
        if left:
            raise left.pop(0)
        return int(access.credentials.data["token"])

    return do


async def call(directory: FakeDirectory, do: Callable[[Access], Awaitable[int]]) -> int:
    caller = Caller(NoNetworks(), directory, ManualClock(BEGIN))
    return await caller.call(WORKSPACE, PROFILE, do)


async def test_a_token_about_to_expire_is_renewed_first() -> None:
    directory = FakeDirectory(opened(1, expires_in=2), opened(2))
    assert await call(directory, refusing()) == 2
    assert directory.asked == ["open", "reopen"]


async def test_an_expired_token_is_renewed_once() -> None:
    directory = FakeDirectory(opened(1), opened(2))
    assert await call(directory, refusing(AuthExpiredError())) == 2
    directory = FakeDirectory(opened(1), opened(2))
    with pytest.raises(AuthExpiredError):
        await call(directory, refusing(AuthExpiredError(), AuthExpiredError()))
    assert directory.asked == ["open", "reopen", "report network.auth_expired"]


async def test_a_revoked_connection_is_reported_unless_it_is_old_news() -> None:
    directory = FakeDirectory(opened(1), opened(2))
    assert await call(directory, refusing(AuthRevokedError())) == 2
    directory = FakeDirectory(opened(1), opened(1))
    with pytest.raises(AuthRevokedError):
        await call(directory, refusing(AuthRevokedError()))
    assert directory.asked == ["open", "fresh", "report network.auth_revoked"]


async def test_a_report_that_does_not_get_through_hides_nothing() -> None:
    directory = FakeDirectory(opened(1), opened(1), fails_to_report=True)
    with pytest.raises(AuthRevokedError):
        await call(directory, refusing(AuthRevokedError()))


async def test_other_errors_flip_no_state() -> None:
    directory = FakeDirectory(opened(1), opened(1))
    with pytest.raises(RemoteTransientError):
        await call(directory, refusing(RemoteTransientError()))
    assert directory.asked == ["open"]
