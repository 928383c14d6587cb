"""A team_directory with a real mail server beside it."""

from collections.abc import AsyncIterator

import pytest

from shared.clock import ManualClock
from tests.support.mail_server import MailServer, running_mail_server
from tests.support.postgres import Urls
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody, running_directory
from tests.support.tidings import Tidings

FROM = "Parley <parley@desk.acme.test>"


@pytest.fixture(scope="session")
async def _server() -> AsyncIterator[MailServer]:
    async with running_mail_server() as server:
        yield server


@pytest.fixture(scope="session")
async def _directory(
    database_urls: Urls, _clock: ManualClock, _sandbox: SandboxHand, _server: MailServer
) -> AsyncIterator[DirectoryHand]:
    async with running_directory(
        database_urls, _clock, sandbox_url=_sandbox.url, smtp_url=_server.url, mail_from=FROM
    ) as hand:
        yield hand


@pytest.fixture
def server(_server: MailServer) -> MailServer:
    _server.reset()
    return _server


@pytest.fixture
def tidings(directory: DirectoryHand, owner: Somebody) -> Tidings:
    return Tidings(directory, owner.workspace_id)
