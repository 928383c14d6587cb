"""A stage on a server that speaks Mastodon's API."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

from shared.networks.connector import Connector, Redirect
from shared.networks.errors import AuthRevokedError, NetworkError
from shared.networks.http import NetworkHttp
from shared.networks.mastodon.connector import MastodonConnector
from shared.networks.types import Access, Credentials

RETURN_URL = "http://127.0.0.1:1/connected"


@dataclass(slots=True, kw_only=True)
class MastodonStage:
    url: str
    http: httpx.AsyncClient
    connector: Connector
    access: Access
    scopes: frozenset[str]
    brand: str
    other: str
    token: str
    streams: Sequence[str] = ("notifications", "conversations")
    ours: str = "posts"

    @property
    def customer(self) -> str:
        return f"{self.other}@{self.access.account.handle.rpartition('@')[2]}"

    async def call(self, method: str, path: str, token: str | None = None, **sent: Any) -> Any:
        headers = {"authorization": f"Bearer {token or self.token}"}
        answer = await self.http.request(method, f"{self.url}{path}", headers=headers, **sent)
        assert answer.is_success, answer.text
        return answer.json()

    async def post(self, text: str, token: str | None = None, **more: Any) -> str:
        data = {"status": text, "visibility": "public", **more}
        return str((await self.call("POST", "/api/v1/statuses", token, data=data))["id"])

    async def publish(self, text: str) -> str:
        return await self.post(text, self.access.credentials.data["access_token"])

    async def comment(self, root: str, text: str) -> str:
        return await self.post(f"@{self.brand} {text}", in_reply_to_id=root)

    async def mention(self, text: str) -> str:
        return await self.post(f"@{self.brand} {text}")

    async def message(self, text: str) -> str:
        return await self.post(f"@{self.brand} {text}", visibility="direct")

    async def like(self, root: str) -> None:
        await self.call("POST", f"/api/v1/statuses/{root}/favourite")

    async def share(self, root: str) -> None:
        await self.call("POST", f"/api/v1/statuses/{root}/reblog")

    async def follow(self) -> bool:
        await self.call("POST", f"/api/v1/accounts/{self.access.account.external_id}/follow")
        return True

    async def retract(self, root: str) -> None:
        token = self.access.credentials.data["access_token"]
        await self.call("DELETE", f"/api/v1/statuses/{root}", token)

    async def withdraw(self, external_id: str) -> None:
        await self.call("DELETE", f"/api/v1/statuses/{external_id}")

    async def answers_to(self, external_id: str) -> Sequence[str]:
        context = await self.call("GET", f"/api/v1/statuses/{external_id}/context")
        me = self.access.account.external_id
        return [
            status["id"]
            for status in context["descendants"]
            if status["account"]["id"] == me and status["in_reply_to_id"] == external_id
        ]

    async def is_liked(self, external_id: str) -> bool:
        status = await self.call("GET", f"/api/v1/statuses/{external_id}")
        return bool(status["favourites_count"])

    async def is_hidden(self, external_id: str) -> bool:
        raise NotImplementedError

    async def is_blocked(self) -> bool:
        params = {"id[]": [self.access.account.external_id]}
        found = await self.call("GET", "/api/v1/accounts/relationships", params=params)
        return bool(found[0]["blocked_by"])

    async def try_wrong_credentials(self) -> None:
        begun = await self.connector.connect({"instance": self.url}, RETURN_URL)
        assert isinstance(begun, Redirect)
        answers = {"state": begun.state, "code": "invented"}
        await self.connector.finish(begun.pending, answers)

    def dead_access(self) -> tuple[Access, type[NetworkError]]:
        data = {**self.access.credentials.data, "access_token": "revoked"}
        return replace(self.access, credentials=Credentials(data=data)), AuthRevokedError

    async def throttle(self) -> None:
        fault = {
            "match": {"path": "/api/v1/notifications", "methods": ["GET"]},
            "effect": {"type": "ratelimit"},
            "count": 1,
        }
        await self.call("POST", "/api/v1/_mock/faults", json=fault)
        await self.connector.poll(self.access, "notifications", None)


async def mastodon_stage(url: str, http: httpx.AsyncClient, outbound: NetworkHttp) -> MastodonStage:
    brand, other = (f"{name}{uuid4().hex[:8]}" for name in ("brand", "grace"))
    await _person(http, url, brand)
    token = await _person(http, url, other)
    connector = MastodonConnector(outbound)
    begun = await connector.connect({"instance": url}, RETURN_URL)
    back = await consent(http, url, begun.url, brand)
    answers = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    connected = await connector.finish(begun.pending, answers)
    return MastodonStage(
        url=url,
        http=http,
        connector=connector,
        access=Access(account=connected.account, credentials=connected.credentials),
        scopes=connected.scopes,
        brand=brand,
        other=other,
        token=token,
    )


async def consent(http: httpx.AsyncClient, url: str, authorize_url: str, who: str) -> str:
    """Where the person's browser is sent after agreeing on the consent page."""
    query = parse_qs(urlsplit(authorize_url).query)
    assert query["code_challenge_method"] == ["S256"]
    form = {name: query[name][0] for name in ("redirect_uri", "client_id", "state")}
    agreed = await http.post(f"{url}/oauth/authorize", data={**form, "username": who})
    return str(agreed.headers["location"])


async def _person(http: httpx.AsyncClient, url: str, name: str) -> str:
    answer = await http.post(f"{url}/api/v1/_mock/dev_user", json={"username": name})
    assert answer.is_success, answer.text
    return str(answer.json()["access_token"])
