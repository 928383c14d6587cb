"""A connected sandbox account, and short ways to make something happen around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from shared.networks.connector import Connected
from shared.networks.sandbox.connector import SandboxConnector
from shared.networks.types import (
    Access,
    Account,
    Action,
    Change,
    Command,
    Item,
    RawDelivery,
    Upsert,
)
from tests.support.sandbox import SandboxHand


@dataclass(frozen=True, slots=True)
class Scene:
    hand: SandboxHand
    connector: SandboxConnector
    access: Access
    scopes: frozenset[str]
    person: str

    @property
    def account(self) -> Account:
        return self.access.account

    async def poll(self, stream: str = "events") -> list[Change]:
        """Everything that a stream ever had, page by page."""
        deliveries: list[RawDelivery] = []
        cursor, more = None, True
        while more:
            page = await self.connector.poll(self.access, stream, cursor)
            deliveries += page.deliveries
            cursor, more = page.cursor, page.more
        return self.changes(deliveries)

    def changes(self, deliveries: Sequence[RawDelivery]) -> list[Change]:
        return [
            change
            for delivery in deliveries
            for change in self.connector.normalize(delivery, self.account)
        ]

    async def find(self, external_id: str) -> Item:
        """The latest state of an item, as the feed tells it."""
        return [
            change.item
            for change in await self.poll()
            if isinstance(change, Upsert) and change.item.external_id == external_id
        ][-1]

    async def mentioned(self, text: str = "Hello @brand") -> Item:
        said = await self.hand.say(
            self.person, "mentions", account_id=self.account.external_id, text=text
        )
        return await self.find(said["id"])

    async def messaged(self, text: str = "Hello?") -> Item:
        said = await self.hand.say(
            self.person, "messages", account_id=self.account.external_id, text=text
        )
        return await self.find(said["id"])

    async def post(self, text: str = "News") -> str:
        """Published in the network's own app, which Parley learns of by its echo."""
        token = self.access.credentials.data["access_token"]
        answer = await self.hand.http.post(
            f"/v1/accounts/{self.account.external_id}/posts",
            json={"text": text, "media": [{"url": "/pictures/one.svg", "alt": "One"}]},
            headers={"Authorization": f"Bearer {token}"},
        )
        return str(answer.json()["id"])

    async def commented(self, text: str = "Nice") -> Item:
        said = await self.hand.say(self.person, "comments", post_id=await self.post(), text=text)
        return await self.find(said["id"])


def command_for(item: Item, action: Action = Action.REPLY, text: str = "Thank you") -> Command:
    return Command(key=uuid4(), action=action, target=item.target(), text=text)


async def connect_scene(
    hand: SandboxHand,
    connector: SandboxConnector,
    kind: str,
    *,
    handle: str = "brand",
    followers: int = 0,
) -> Scene:
    await hand.account(kind, handle, followers)
    answers = {"handle": f"@{handle}", "access_code": f"code-{handle}"}
    connected = await connector.connect(answers, "")
    assert isinstance(connected, Connected)
    access = Access(account=connected.account, credentials=connected.credentials)
    return Scene(hand, connector, access, connected.scopes, await hand.person())
