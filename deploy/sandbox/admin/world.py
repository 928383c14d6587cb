"""Reset, time, accounts, tokens, live traffic, and the read-back that tests judge by."""

from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from deploy.sandbox.api.context import SandboxDep
from deploy.sandbox.demo import build_demo
from deploy.sandbox.kinds import SCOPES
from deploy.sandbox.model import Account, AccountKind, Ad, ItemKind
from deploy.sandbox.scripts import Cast, Script

router = APIRouter(prefix="/_sandbox", tags=["admin: world"])
Body = dict[str, Any]


class ResetBody(BaseModel):
    """`now` sets and freezes the clock, which makes two worlds of one seed equal to the letter."""

    seed: int = 1
    demo: bool = False
    now: datetime | None = None


class ClockBody(BaseModel):
    """Applied in this order: set, advance, speed (0 freezes)."""

    set: datetime | None = None
    advance_seconds: float = 0
    speed: float | None = Field(default=None, ge=0)


class AccountBody(BaseModel):
    """Followers make a crowd that sees and likes posts; without any, only people do."""

    kind: AccountKind = AccountKind.FULL
    name: str = "A brand"
    handle: str
    about: str = ""
    rate_limit: int = 600
    followers: int = Field(default=0, ge=0)


class TokenBody(BaseModel):
    client_id: str = "tests"
    scopes: list[str] = Field(default_factory=lambda: list(SCOPES))


class AdBody(BaseModel):
    account_id: str
    title: str
    post_id: str


class TrafficBody(BaseModel):
    per_minute: float = Field(default=0, ge=0)
    cast: Cast | None = None


class StepBody(BaseModel):
    count: int = Field(default=1, ge=1, le=10_000)


@router.get("/health")
async def health(sandbox: SandboxDep) -> Body:
    state = sandbox.world.state
    return {
        "status": "ok",
        "seed": state.seed,
        "now": sandbox.world.clock.now(),
        "people": len(state.people),
        "accounts": len(state.accounts),
        "items": len(state.items),
        "events": len(state.events),
        "per_minute": sandbox.traffic.per_minute,
    }


@router.post("/reset")
async def reset(sandbox: SandboxDep, body: ResetBody) -> Body:
    """Begin anew: world, faults, limits, deliveries and traffic; the clock runs with real time."""
    await sandbox.traffic.stop()
    await sandbox.webhooks.reset()
    sandbox.world.reset(body.seed)
    sandbox.plane.reset(body.seed)
    sandbox.limits.reset()
    sandbox.world.clock.restart()
    if body.now is not None:
        sandbox.world.clock.freeze()
        sandbox.world.clock.set(body.now)
    sandbox.traffic.script = Script(sandbox.world, sandbox.people, body.seed)
    if body.demo:
        build_demo(sandbox.world, sandbox.brands, sandbox.traffic.script, body.seed)
    return await health(sandbox)


@router.post("/clock")
async def clock(sandbox: SandboxDep, body: ClockBody) -> Body:
    clock = sandbox.world.clock
    if body.set is not None:
        clock.set(body.set)
    clock.advance(timedelta(seconds=body.advance_seconds))
    if body.speed is not None:
        clock.run(body.speed)
    return {"now": clock.now(), "speed": clock.speed}


@router.post("/accounts", status_code=201)
async def add_account(sandbox: SandboxDep, body: AccountBody) -> Account:
    account = sandbox.world.add_account(body.kind, body.name, body.handle, body.about)
    account.rate_limit = body.rate_limit
    account.followers, account.opened_at = body.followers, sandbox.world.clock.now()
    return account


@router.get("/accounts")
async def accounts(sandbox: SandboxDep) -> list[Account]:
    """Every account with its access code, which connects it without a consent page."""
    return list(sandbox.world.state.accounts.values())


@router.post("/accounts/{account_id}/rate-limit")
async def limit(sandbox: SandboxDep, account_id: str, per_minute: int) -> Account:
    account = sandbox.world.account(account_id)
    account.rate_limit = per_minute
    sandbox.limits.reset()
    return account


@router.post("/accounts/{account_id}/tokens", status_code=201)
async def issue_token(sandbox: SandboxDep, account_id: str, body: TokenBody) -> Body:
    return sandbox.grants.issue(account_id, body.client_id, body.scopes)


@router.post("/ads", status_code=201)
async def add_ad(sandbox: SandboxDep, body: AdBody) -> Ad:
    sandbox.world.item(body.post_id)
    return sandbox.world.add_ad(body.account_id, body.title, body.post_id)


@router.get("/items")
async def items(
    sandbox: SandboxDep,
    account: str | None = None,
    kind: ItemKind | None = None,
    author: str | None = None,
    thread: str | None = None,
) -> list[Body]:
    """The truth about everything ever written, deleted items with their text included."""
    wanted = {"account_id": account, "kind": kind, "author_id": author, "thread_id": thread}
    return [
        item.model_dump(mode="json")
        for item in sandbox.world.state.items.values()
        if all(value is None or getattr(item, name) == value for name, value in wanted.items())
    ]


@router.get("/state")
async def state(sandbox: SandboxDep) -> Body:
    """The whole world as it would be saved."""
    return sandbox.world.state.model_dump(mode="json")


@router.post("/traffic")
async def traffic(sandbox: SandboxDep, body: TrafficBody) -> Body:
    """Let the scripted people act at a rate; 0 silences them."""
    if body.cast is not None:
        sandbox.traffic.script.cast = body.cast
    sandbox.traffic.script.populate()
    sandbox.traffic.start(body.per_minute)
    return {"per_minute": sandbox.traffic.per_minute}


@router.post("/traffic/step")
async def step(sandbox: SandboxDep, body: StepBody) -> list[Body]:
    """Let them act so many times now; the same seed gives the same acts."""
    sandbox.traffic.script.populate()
    return [sandbox.world.item_body(item) for item in sandbox.traffic.step(body.count)]
