"""A stage on the sandbox network, shaped through its admin API and judged by its own books."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from shared.networks.connector import Connected, Connector
from shared.networks.errors import AuthRevokedError, NetworkError
from shared.networks.http import NetworkHttp
from shared.networks.sandbox.connector import SandboxConnector
from shared.networks.types import Access, Credentials
from tests.support.sandbox import Json, SandboxHand


@dataclass(slots=True, kw_only=True)
class SandboxStage:
    hand: SandboxHand
    connector: Connector
    access: Access
    scopes: frozenset[str]
    person: str
    customer: str
    streams: Sequence[str] = ("events",)
    ours: str = "items"

    @property
    def account(self) -> str:
        return self.access.account.external_id

    async def publish(self, text: str) -> str:
        answer = await self.hand.http.post(
            f"/v1/accounts/{self.account}/posts",
            json={"text": text},
            headers={"authorization": f"Bearer {self.access.credentials.data['access_token']}"},
        )
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    async def comment(self, root: str, text: str) -> str:
        return await self._say("comments", post_id=root, text=text)

    async def mention(self, text: str) -> str:
        name = f"@{self.access.account.handle}"
        return await self._say("mentions", account_id=self.account, text=f"{name} {text}")

    async def message(self, text: str) -> str:
        return await self._say("messages", account_id=self.account, text=text)

    async def _say(self, what: str, **body: str) -> str:
        return str((await self.hand.say(self.person, what, **body))["id"])

    async def like(self, root: str) -> None:
        await self.hand.admin("PUT", f"/people/{self.person}/likes/{root}")

    async def share(self, root: str) -> None:
        await self.hand.admin("PUT", f"/people/{self.person}/shares/{root}")

    async def follow(self) -> bool:
        return False  # Followers of the sandbox have no names.

    async def retract(self, root: str) -> None:
        await self.hand.admin("DELETE", f"/items/{root}")

    async def withdraw(self, external_id: str) -> None:
        await self.hand.admin("DELETE", f"/items/{external_id}")

    async def answers_to(self, external_id: str) -> Sequence[str]:
        asked = await self._truth(external_id)
        ours = await self.hand.items(author=self.account, thread=asked["thread_id"])
        return [
            item["id"]
            for item in ours
            if item["deleted_at"] is None
            and (item["parent_id"] == external_id or asked["kind"] == "dm")
        ]

    async def is_liked(self, external_id: str) -> bool:
        return self.account in (await self._truth(external_id))["liked_by"]

    async def is_hidden(self, external_id: str) -> bool:
        return (await self._truth(external_id))["hidden_at"] is not None

    async def is_blocked(self) -> bool:
        accounts = await self.hand.admin("GET", "/accounts")
        return any(self.person in account["blocked"] for account in accounts)

    async def _truth(self, external_id: str) -> Json:
        (found,) = [one for one in await self.hand.items() if one["id"] == external_id]
        return found

    async def try_wrong_credentials(self) -> None:
        answers = {"handle": self.access.account.handle, "access_code": "not this one"}
        await self.connector.connect(answers, "")

    def dead_access(self) -> tuple[Access, type[NetworkError]]:
        data = {**self.access.credentials.data, "access_token": "revoked"}
        return replace(self.access, credentials=Credentials(data=data)), AuthRevokedError

    async def throttle(self) -> None:
        await self.hand.admin("POST", f"/accounts/{self.account}/rate-limit?per_minute=3")
        for _ in range(4):
            await self.connector.poll(self.access, "events", None)


async def sandbox_stage(hand: SandboxHand, outbound: NetworkHttp) -> SandboxStage:
    brand, other = (f"{name}-{uuid4().hex[:8]}" for name in ("brand", "grace"))
    await hand.account(handle=brand)
    connector = SandboxConnector(outbound, url=hand.url)
    connected = await connector.connect({"handle": brand, "access_code": f"code-{brand}"}, "")
    assert isinstance(connected, Connected)
    return SandboxStage(
        hand=hand,
        connector=connector,
        access=Access(account=connected.account, credentials=connected.credentials),
        scopes=connected.scopes,
        person=await hand.person("Grace Okafor", other),
        customer=other,
    )
