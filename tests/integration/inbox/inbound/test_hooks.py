"""Webhooks under way: many at once share commits, and nothing is acknowledged that is not kept."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from services.inbox.adapters.hooks import DerivedSecrets
from services.inbox.commands.receive import HANDLE
from shared.db.database import sqlalchemy_url
from tests.support.sandbox import running_sandbox
from tests.support.sandbox_inbox import SandboxInbox, sandbox_inbox
from tests.support.service import INTERNAL_KEY


@pytest.fixture
async def line(database_urls: Mapping[str, str]) -> AsyncIterator[SandboxInbox]:
    async with running_sandbox() as network, sandbox_inbox(network, database_urls) as inbox:
        await inbox.told()
        yield inbox


def call(line: SandboxInbox, *events: str) -> tuple[bytes, dict[str, str]]:
    """A signed webhook that tells of things that are no items; its body and its headers."""
    told = [{"id": event, "type": "notice", "data": {}} for event in events]
    body = json.dumps({"events": told}).encode()
    (secret,) = DerivedSecrets([INTERNAL_KEY]).of(line.profile_id)
    mac = hmac.new(secret.encode(), b"1." + body, hashlib.sha256).hexdigest()
    return body, {"x-sandbox-signature": f"t=1,v1={mac}"}


async def send(line: SandboxInbox, http: httpx.AsyncClient, *events: str) -> int:
    body, headers = call(line, *events)
    return (await http.post(line.hook, content=body, headers=headers)).status_code


async def test_many_at_once_share_commits(line: SandboxInbox) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        calls = [send(line, http, f"e{number}", "same") for number in range(100)]
        answers = await asyncio.gather(*calls)
    assert answers == [200] * 100
    health = await line.health()
    assert (health["received"], health["stored"], health["repeated"]) == (200, 101, 99)
    async with line.service.database.read(line.workspace_id) as read:
        row = await read.first(text("SELECT count(DISTINCT xmin::text) FROM deliveries"))
    assert row is not None
    assert row[0] < 50
    await line.work(HANDLE)
    health = await line.health()
    assert (health["handled"], health["balanced"]) == (101, True)


@asynccontextmanager
async def broken_ledger(line: SandboxInbox) -> AsyncIterator[None]:
    """Nothing can be stored while the table is away."""
    engine = create_async_engine(sqlalchemy_url(line.hand.owner_url))
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE deliveries RENAME TO deliveries_away"))
    yield
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE deliveries_away RENAME TO deliveries"))
    await engine.dispose()


async def test_what_cannot_be_kept_is_not_acknowledged(line: SandboxInbox) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        async with broken_ledger(line):
            refused = await asyncio.gather(send(line, http, "a"), send(line, http, "b"))
        assert set(refused) == {500}
        assert (await line.health())["received"] == 0
        assert await send(line, http, "a") == 200
    assert (await line.health())["stored"] == 1
