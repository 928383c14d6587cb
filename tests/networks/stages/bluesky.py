"""A stage on a real AT Protocol network; the customer is a plain HTTP client of its own."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey

from shared.networks.bluesky.connector import BlueskyConnector
from shared.networks.connector import Connector
from shared.networks.errors import AuthExpiredError, NetworkError
from shared.networks.http import NetworkHttp
from shared.networks.types import Access, Credentials
from tests.networks.servers.running import Atproto
from tests.networks.stages.base import eventually

POST = "app.bsky.feed.post"
PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Person:
    did: str
    handle: str
    token: str


@dataclass(slots=True, kw_only=True)
class BlueskyStage:
    network: Atproto
    http: httpx.AsyncClient
    connector: Connector
    access: Access
    scopes: frozenset[str]
    brand: Person
    other: Person
    cids: dict[str, str] = field(default_factory=dict)
    streams: Sequence[str] = ("notifications", "messages")
    ours: str = "posts"

    @property
    def customer(self) -> str:
        return self.other.handle

    async def call(self, who: Person, method: str, **sent: Any) -> Any:
        return await _call(self.http, self.network, who, method, **sent)

    async def post(self, who: Person, text: str, *, wait: bool = True, **more: Any) -> str:
        record = {"$type": POST, "text": text, "createdAt": _now(), **more}
        body = {"repo": who.did, "collection": POST, "record": record}
        made = await self.call(who, "com.atproto.repo.createRecord", json=body)
        uri = str(made["uri"])
        self.cids[uri] = made["cid"]
        # What is answered before it is indexed never gets a notification.
        if wait:
            await eventually(lambda: self.view(uri))
        return uri

    async def view(self, uri: str) -> Any:
        found = await self.call(self.other, "app.bsky.feed.getPosts", params={"uris": [uri]})
        return found["posts"][0] if found["posts"] else None

    async def publish(self, text: str) -> str:
        return await self.post(self.brand, text)

    async def comment(self, root: str, text: str) -> str:
        reference = {"uri": root, "cid": self.cids[root]}
        return await self.post(self.other, text, reply={"root": reference, "parent": reference})

    async def mention(self, text: str, *, wait: bool = True) -> str:
        name = f"@{self.brand.handle}"
        facet = {
            "index": {"byteStart": 0, "byteEnd": len(name)},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": self.brand.did}],
        }
        return await self.post(self.other, f"{name} {text}", wait=wait, facets=[facet])

    async def message(self, text: str) -> str:
        params = {"members": [self.brand.did]}
        found = await self.call(self.other, "chat.bsky.convo.getConvoForMembers", params=params)
        convo = found["convo"]["id"]
        body = {"convoId": convo, "message": {"text": text}}
        sent = await self.call(self.other, "chat.bsky.convo.sendMessage", json=body)
        return f"{convo}/{sent['id']}"

    async def like(self, root: str) -> None:
        await self._refer("app.bsky.feed.like", {"uri": root, "cid": self.cids[root]})

    async def share(self, root: str) -> None:
        await self._refer("app.bsky.feed.repost", {"uri": root, "cid": self.cids[root]})

    async def follow(self) -> bool:
        await self._refer("app.bsky.graph.follow", self.brand.did)
        return True

    async def _refer(self, collection: str, subject: str | Mapping[str, str]) -> None:
        """A record of the customer that points at something of the brand."""
        record = {"$type": collection, "subject": subject, "createdAt": _now()}
        body = {"repo": self.other.did, "collection": collection, "record": record}
        await self.call(self.other, "com.atproto.repo.createRecord", json=body)

    async def retract(self, root: str) -> None:
        await self._delete(self.brand, root)

    async def withdraw(self, external_id: str) -> None:
        await self._delete(self.other, external_id)

    async def _delete(self, who: Person, uri: str) -> None:
        repo, collection, rkey = uri.removeprefix("at://").split("/")
        body = {"repo": repo, "collection": collection, "rkey": rkey}
        await self.call(who, "com.atproto.repo.deleteRecord", json=body)

    async def answers_to(self, external_id: str) -> Sequence[str]:
        if not external_id.startswith("at://"):
            return await self._messages(external_id.rpartition("/")[0])
        params = {"uri": external_id, "depth": 1}
        found = await self.call(self.other, "app.bsky.feed.getPostThread", params=params)
        replies = found["thread"].get("replies", [])
        posts = [node["post"] for node in replies if "post" in node]
        return [p["uri"] for p in posts if p["author"]["did"] == self.brand.did]

    async def _messages(self, convo: str) -> Sequence[str]:
        params = {"convoId": convo}
        found = await self.call(self.other, "chat.bsky.convo.getMessages", params=params)
        ours = [m for m in found["messages"] if m["sender"]["did"] == self.brand.did]
        return [f"{convo}/{message['id']}" for message in ours]

    async def is_liked(self, external_id: str) -> bool:
        view = await self.view(external_id)
        return bool(view and view["likeCount"])

    async def is_hidden(self, external_id: str) -> bool:
        view = await self.view(external_id)
        root = await self.view(view["record"]["reply"]["root"]["uri"])
        gate = root.get("threadgate", {}).get("record", {})
        return external_id in gate.get("hiddenReplies", [])

    async def is_blocked(self) -> bool:
        params = {"actor": self.brand.did}
        found = await self.call(self.other, "app.bsky.actor.getProfile", params=params)
        return bool(found["viewer"]["blockedBy"])

    async def try_wrong_credentials(self) -> None:
        answers = {"identifier": self.brand.handle, "password": "not this one"}
        await self.connector.connect(answers, "")

    def dead_access(self) -> tuple[Access, type[NetworkError]]:
        now = int(time.time())
        claims = {
            "scope": "com.atproto.appPassPrivileged",
            "sub": self.brand.did,
            "aud": "did:web:localhost",
            "iat": now - 7200,
            "exp": now - 60,
        }
        header = {"alg": "HS256", "typ": "at+jwt"}
        token = jwt.encode(header, claims, OctKey.import_key(self.network.jwt_secret))
        data = {**self.access.credentials.data, "accessJwt": token}
        old = Credentials(data=data, refreshable=True)
        return replace(self.access, credentials=old), AuthExpiredError

    async def throttle(self) -> None:
        for _ in range(31):  # The network takes thirty attempts in five minutes.
            try:
                await self.try_wrong_credentials()
            except NetworkError as error:
                if error.data.get("status") == httpx.codes.TOO_MANY_REQUESTS:
                    raise


async def bluesky_stage(
    network: Atproto, http: httpx.AsyncClient, outbound: NetworkHttp
) -> BlueskyStage:
    brand = await _person(http, network, "brand")
    other = await _person(http, network, "grace")
    body = {"name": "parley", "privileged": True}
    made = await _call(http, network, brand, "com.atproto.server.createAppPassword", json=body)
    connector = BlueskyConnector(outbound, url=network.pds, chat=network.chat)
    answers = {"identifier": brand.handle, "password": made["password"]}
    connected = await connector.connect(answers, "")
    return BlueskyStage(
        network=network,
        http=http,
        connector=connector,
        access=Access(account=connected.account, credentials=connected.credentials),
        scopes=connected.scopes,
        brand=brand,
        other=other,
    )


async def _person(http: httpx.AsyncClient, network: Atproto, name: str) -> Person:
    unique = f"{name}-{uuid4().hex[:8]}"
    body = {
        "email": f"{unique}@example.com",
        "handle": f"{unique}.test",
        "password": PASSWORD,
    }
    made = await _call(http, network, None, "com.atproto.server.createAccount", json=body)
    return Person(made["did"], made["handle"], made["accessJwt"])


async def _call(
    http: httpx.AsyncClient, network: Atproto, who: Person | None, method: str, **sent: Any
) -> Any:
    headers: Mapping[str, str] = {"authorization": f"Bearer {who.token}"} if who else {}
    if method.startswith("chat."):
        headers = {**headers, "atproto-proxy": network.chat}
    verb = "POST" if "json" in sent else "GET"
    answer = await http.request(verb, f"{network.pds}/xrpc/{method}", headers=headers, **sent)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
