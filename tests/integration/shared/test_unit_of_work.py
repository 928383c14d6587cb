"""One request, one transaction: committed before the answer, kept under its Idempotency-Key."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy import select, text

from services.ticketing.models import Member
from services.ticketing.settings import TicketingSettings
from shared.clock import ManualClock
from shared.errors import BusyError, ConflictError
from shared.http.idempotency import CLAIMED
from shared.http.tokens import sign
from shared.http.unit_of_work import (
    CurrentIdentity,
    LongRoute,
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    requires,
    requires_service,
    shown_once,
)
from shared.identity import ActorKind, Identity
from shared.ids import new_id
from shared.permissions import Level, Module, Right
from shared.service import Parts, Service, assemble
from tests.support.service import INTERNAL_KEY, ServiceHand, member_identity, platform_settings

Urls = Mapping[str, str]
router = APIRouter(route_class=UnitOfWorkRoute)


class NewMember(BaseModel):
    name: str


@router.post("/members", status_code=201)
async def add(tx: WriteTx, body: NewMember) -> NewMember:
    tx.session.add(
        Member(workspace_id=tx.workspace_id, id=new_id(), name=body.name, email="", active=True)
    )
    await tx.session.flush()
    if body.name == "conflict":
        raise ConflictError("Somebody was quicker.", version=3)
    if body.name == "busy":
        raise BusyError(retry_after=7)
    if body.name == "fault":
        raise ZeroDivisionError
    if body.name == "late":
        await tx.session.execute(
            text("CREATE TEMP TABLE t (x int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        )
        await tx.session.execute(text("INSERT INTO t VALUES (1), (1)"))
    return body


@router.post("/secrets", status_code=201, dependencies=[shown_once])
async def make_secret(tx: WriteTx) -> str:
    tx.session.add(
        Member(workspace_id=tx.workspace_id, id=new_id(), name="made", email="", active=True)
    )
    return "sesame"


@router.get("/members", dependencies=[requires(Module.TICKETS, Level.VIEW)])
async def names(read: Reading, _identity: CurrentIdentity) -> list[str]:
    return [row.name for row in await read.all(select(Member.name).order_by(Member.id))]


@router.get("/blocked", dependencies=[requires(Module.TICKETS, Level.VIEW, Right.BLOCK)])
async def blocked(_read: Reading) -> None: ...


@router.get("/internal/only-inbox", dependencies=[requires_service("inbox")])
async def only_inbox(_read: Reading) -> None: ...


long = APIRouter(route_class=LongRoute)


@long.post("/calls", status_code=201)
async def call_outside(request: Request, _identity: CurrentIdentity, body: NewMember) -> NewMember:
    """Opens its own transaction after something that takes as long as it takes."""
    outside: Outside = request.app.state.outside
    await outside.call(body.name)
    async with request.app.state.backend.database.begin(_identity.workspace_id) as tx:
        await add(tx, body)
    return body


@dataclasses.dataclass(slots=True)
class Outside:
    """Takes its time while `busy`; counts how often it was called."""

    calls: int = 0
    busy: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)
    called: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)

    async def call(self, name: str) -> None:
        self.calls += 1
        self.called.set()
        if name == "slow":
            await self.busy.wait()


@pytest.fixture
async def service(urls: Urls, clock: ManualClock) -> AsyncIterator[Service]:
    settings = TicketingSettings(
        database_url=urls["ticketing"], port=0, platform=platform_settings(urls)
    )
    service = Service(assemble("ticketing", settings, clock), Parts(routers=[router, long]))
    service.app.state.outside = Outside()
    yield service
    await service.database.close()


def administrator(workspace_id: UUID, **changes: Any) -> Identity:
    return dataclasses.replace(member_identity(workspace_id, new_id()), **changes)


def client_of(
    service: Service, identity: Identity | None = None
) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    return ServiceHand(service, "").client(identity)


@pytest.fixture
async def client(service: Service, workspace_id: UUID) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(service, administrator(workspace_id)) as client:
        yield client


async def stored(client: httpx.AsyncClient) -> list[str]:
    answer = await client.get("/members")
    assert answer.status_code == 200
    names: list[str] = answer.json()
    return names


async def test_a_write_stands_when_the_answer_arrives(client: httpx.AsyncClient) -> None:
    answer = await client.post("/members", json={"name": "Ada"})
    assert answer.status_code == 201
    assert await stored(client) == ["Ada"]


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("conflict", 409, "conflict"),
        ("busy", 429, "busy"),
        ("fault", 500, "internal"),
        ("late", 500, "internal"),
    ],
    ids=["declared", "with a wait", "undeclared", "failing at the commit"],
)
async def test_a_failure_keeps_nothing_and_says_so(
    client: httpx.AsyncClient, name: str, status: int, code: str
) -> None:
    answer = await client.post("/members", json={"name": name})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert await stored(client) == []
    assert answer.headers.get("retry-after") == ("7" if name == "busy" else None)


async def test_a_malformed_request_names_its_fields(client: httpx.AsyncClient) -> None:
    answer = await client.post("/members", json={"nom": "Ada"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "malformed_request"
    assert [field["path"] for field in answer.json()["fields"]] == ["body.name"]


async def test_a_repeated_key_gets_the_first_answer_and_has_one_effect(
    client: httpx.AsyncClient,
) -> None:
    headers = {"idempotency-key": "k1"}
    answers = await asyncio.gather(
        *(client.post("/members", json={"name": "Ada"}, headers=headers) for _ in range(5))
    )
    assert [(a.status_code, a.json()) for a in answers] == [(201, {"name": "Ada"})] * 5
    assert sorted(a.headers.get("idempotency-replayed", "no") for a in answers) == [
        "no",
        *["true"] * 4,
    ]
    assert await stored(client) == ["Ada"]


async def test_a_key_is_good_for_one_request_of_one_actor(
    service: Service, client: httpx.AsyncClient, workspace_id: UUID
) -> None:
    headers = {"idempotency-key": "k1"}
    await client.post("/members", json={"name": "Ada"}, headers=headers)
    reused = await client.post("/members", json={"name": "Bob"}, headers=headers)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency.key_reused")
    async with client_of(service, administrator(workspace_id)) as other:
        assert (
            await other.post("/members", json={"name": "Cleo"}, headers=headers)
        ).status_code == 201
    assert await stored(client) == ["Ada", "Cleo"]


async def test_a_failed_request_may_be_repeated_under_its_key(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": "k1"}
    assert (
        await client.post("/members", json={"name": "fault"}, headers=headers)
    ).status_code == 500
    assert (await client.post("/members", json={"name": "Ada"}, headers=headers)).status_code == 201


async def test_who_may_ask_is_decided_before_anything_is_read(
    service: Service, workspace_id: UUID
) -> None:
    async with client_of(service) as nobody:
        assert (await nobody.get("/members")).json()["code"] == "unauthenticated"
    weak = administrator(workspace_id, levels={}, rights=frozenset())
    async with client_of(service, weak) as person:
        assert (await person.get("/members")).json()["code"] == "permission_missing"
    async with client_of(service, administrator(workspace_id, rights=frozenset())) as person:
        answer = await person.get("/blocked")
        assert (answer.status_code, answer.json()["data"]) == (403, {"right": "block"})


async def test_internal_routes_are_for_named_services(service: Service, workspace_id: UUID) -> None:
    for name, status in (("inbox", 200), ("analytics", 401)):
        caller = administrator(workspace_id, kind=ActorKind.SERVICE, service=name)
        async with client_of(service, caller) as client:
            assert (await client.get("/internal/only-inbox")).status_code == status
    async with client_of(service, administrator(workspace_id)) as person:
        assert (await person.get("/internal/only-inbox")).status_code == 401


async def test_an_expired_or_foreign_token_is_refused(
    service: Service, clock: ManualClock, workspace_id: UUID
) -> None:
    token = sign(administrator(workspace_id), INTERNAL_KEY, clock.now())
    foreign = sign(administrator(workspace_id), INTERNAL_KEY[::-1], clock.now())
    async with client_of(service) as client:
        client.headers["authorization"] = f"Bearer {foreign}"
        assert (await client.get("/members")).json()["code"] == "internal_token"
        client.headers["authorization"] = f"Bearer {token}"
        assert (await client.get("/members")).status_code == 200
        clock.advance(timedelta(minutes=2))
        assert (await client.get("/members")).json()["code"] == "internal_token"


async def test_health_says_which_part_is_missing(client: httpx.AsyncClient) -> None:
    assert (await client.get("/internal/health")).json() == {"alive": True}
    ready = await client.get("/internal/ready")
    assert (ready.status_code, ready.json()) == (
        200,
        {"ready": True, "parts": {"database": "ok", "loops": "ok"}},
    )
    assert "parley_outbox_unsent" in (await client.get("/internal/metrics")).text


async def test_a_secret_is_answered_once_and_never_kept(
    service: Service, client: httpx.AsyncClient, workspace_id: UUID
) -> None:
    headers = {"idempotency-key": "one"}
    first = await client.post("/secrets", headers=headers)
    assert (first.status_code, first.json()) == (201, "sesame")
    assert first.headers["cache-control"] == "no-store"
    again = await client.post("/secrets", headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "idempotency.answer_not_kept")
    assert again.headers["content-type"] == "application/problem+json"
    assert await stored(client) == ["made"]
    async with service.database.read(workspace_id) as read:
        rows = await read.all(text("SELECT body FROM idempotency_keys"))
    assert b"sesame" not in bytes(rows[0].body)


async def test_a_long_request_is_done_once_under_its_key(
    service: Service, client: httpx.AsyncClient
) -> None:
    headers, body = {"idempotency-key": "long"}, {"name": "slow"}
    outside: Outside = service.app.state.outside
    first = asyncio.create_task(client.post("/calls", json=body, headers=headers))
    await outside.called.wait()
    meanwhile = await client.post("/calls", json=body, headers=headers)
    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "idempotency.in_progress")
    assert meanwhile.headers["retry-after"] == "1"
    outside.busy.set()
    assert (await first).status_code == 201
    again = await client.post("/calls", json=body, headers=headers)
    assert (again.status_code, again.json()) == (201, body)
    assert again.headers["idempotency-replayed"] == "true"
    other = await client.post("/calls", json={"name": "Bob"}, headers=headers)
    assert other.json()["code"] == "idempotency.key_reused"
    assert await stored(client) == ["slow"]
    assert outside.calls == 1


async def test_a_long_request_that_failed_may_be_repeated(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": "long"}
    for name in ("fault", "conflict"):
        answer = await client.post("/calls", json={"name": name}, headers=headers)
        assert answer.status_code in (409, 500)
    answer = await client.post("/calls", json={"name": "Ada"}, headers=headers)
    assert answer.status_code == 201
    assert await stored(client) == ["Ada"]


async def test_a_long_request_whose_process_died_is_run_again_after_a_while(
    service: Service, client: httpx.AsyncClient, workspace_id: UUID, clock: ManualClock
) -> None:
    headers, body = {"idempotency-key": "long"}, {"name": "Ada"}
    await client.post("/calls", json=body, headers=headers)
    async with service.database.begin(workspace_id) as tx:
        # As it stands while a command is being run.
        await tx.session.execute(text("UPDATE idempotency_keys SET status = 0, body = ''"))
    clock.advance(CLAIMED - timedelta(seconds=1))
    answer = await client.post("/calls", json=body, headers=headers)
    assert answer.json()["code"] == "idempotency.in_progress"
    clock.advance(timedelta(seconds=1))
    assert (await client.post("/calls", json=body, headers=headers)).status_code == 201
    assert await stored(client) == ["Ada", "Ada"]


@pytest.mark.parametrize("path", ["/members", "/calls"])
async def test_a_key_has_a_sensible_length(client: httpx.AsyncClient, path: str) -> None:
    for key in ("", "k" * 201):
        headers = {"idempotency-key": key}
        answer = await client.post(path, json={"name": "Ada"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key_length")
    assert await stored(client) == []
