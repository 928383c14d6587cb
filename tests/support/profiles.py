"""Connecting accounts of the sandbox network to a team_directory, as a person would."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx

from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody


async def answers_for(sandbox: SandboxHand, handle: str) -> dict[str, str]:
    """Handle and access code of an account, which connect it in one step."""
    accounts = await sandbox.admin("GET", "/accounts")
    code = next(it["access_code"] for it in accounts if it["handle"] == handle)
    return {"handle": handle, "access_code": code}


async def connect(
    directory: DirectoryHand, sandbox: SandboxHand, somebody: Somebody, handle: str = "brand"
) -> UUID:
    """A connected profile of an account that there is on the network."""
    body = {"network": "sandbox", "answers": await answers_for(sandbox, handle)}
    answer = await directory.call(somebody, "POST", "/profiles", body)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["profile_id"])


async def consent(
    sandbox: SandboxHand, authorize_url: str, handle: str, decision: str = "approve"
) -> str:
    """Agree on the network's page; the query with which the browser comes back."""
    answer = await sandbox.http.get(
        authorize_url, params={**_query(authorize_url), "account": handle, "decision": decision}
    )
    assert answer.status_code == 302, answer.text
    return urlsplit(answer.headers["location"]).query


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


async def come_back(directory: DirectoryHand, somebody: Somebody, query: str) -> httpx.Response:
    """The browser returns from the consent page."""
    return await directory.call(somebody, "GET", f"/profiles/sandbox/callback?{query}")


async def profile(directory: DirectoryHand, somebody: Somebody, profile_id: UUID) -> dict[str, Any]:
    answer = await directory.call(somebody, "GET", f"/profiles/{profile_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def opened(directory: DirectoryHand, somebody: Somebody, profile_id: UUID) -> dict[str, Any]:
    """What the inbox is given to work with."""
    async with directory.neighbour("inbox", somebody.workspace_id) as inbox:
        answer = await inbox.get(f"/internal/profiles/{profile_id}/credentials")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
