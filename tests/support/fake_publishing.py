"""A network in memory that takes posts, and fails exactly as it is told."""

import asyncio
from uuid import UUID

from typing_extensions import override

from shared.clock import Clock
from shared.networks.capabilities import Capabilities
from shared.networks.connector import Inspection
from shared.networks.errors import AmbiguousError
from shared.networks.publishing import ImageLimit, PostDraft, Publishing, Sought
from shared.networks.text import TextLimit, TextRule, TextUnit
from shared.networks.types import Access, Account, ActionResult, Found, NotFound, Settlement
from tests.support.fake_network import After, Before, FakeConnector, Hang, Late, Manner

LIMITS = Publishing(
    text=(TextLimit(rule=TextRule(unit=TextUnit.GRAPHEMES), maximum=100),),
    images=ImageLimit(count=2, size=50_000, side=400),
)


class FakePublisher(FakeConnector):
    """`script` is what happens to the next posts, `wrong` what inspecting the account raises."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._now = clock.now
        self.drafts: list[PostDraft] = []
        self.wrong: Exception | None = None
        self.manners: list[Manner] = []

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        return super().capabilities(account, scopes).refined(publishing=LIMITS)

    @override
    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        self.drafts.append(draft)
        match self.manners.pop(0) if self.manners else None:
            case Before(error):
                raise error
            case After(error):
                self.effects[draft.key] += 1
                raise error
            case Late(delay):
                self._coming.append((self._now() + delay, draft.key))
                raise AmbiguousError
            case Hang(with_effect):
                self.effects[draft.key] += with_effect
                self.hanging.set()
                await asyncio.Event().wait()
        self.effects[draft.key] += 1
        return self._stands(draft.key)

    @override
    async def find_published(self, access: Access, sought: Sought) -> Settlement:
        for one in [one for one in self._coming if one[0] <= self._now()]:
            self._coming.remove(one)
            self.effects[one[1]] += 1
        if self.effects[sought.key]:
            return Found(result=self._stands(sought.key))
        return NotFound()

    @override
    async def inspect(self, access: Access) -> Inspection:
        if self.wrong is not None:
            raise self.wrong
        return Inspection(account=access.account)

    def _stands(self, key: UUID) -> ActionResult:
        link = f"https://fake.example/{key}"
        return ActionResult(external_id=f"post-{key}", at=self._now(), permalink=link)
