"""Every plain value of every route, replaced by something that a layer below may stumble over."""

import gzip
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.db.database import sqlalchemy_url
from shared.http.problems import MEDIA_TYPE
from tests.hostile.awkward import (
    BODIES,
    NUMBERS,
    STRINGS,
    TIMES,
    FullOperation,
    body_with,
    places,
    query_with,
)
from tests.hostile.conftest import Stage
from tests.hostile.fuzz import ENDING
from tests.isolation.document import Json, Shape
from tests.isolation.walk import filled, version_in

# How many odd values each place gets; they go round, so that all are used all over the platform.
EACH = 4
_FAULT = 500


@pytest.fixture
async def engine(stage: Stage) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(sqlalchemy_url(stage.house.urls["admin"]))
    yield engine
    await engine.dispose()


def shapes(document: Json) -> Iterator[Shape]:
    for path, methods in document["paths"].items():
        for method in methods:
            operation = FullOperation(document, path, method)
            if operation.name not in ENDING:
                yield from operation.shapes()


@dataclass(slots=True)
class Sender:
    """Fills in ids and the present version, and collects the faults."""

    stage: Stage
    engine: AsyncEngine
    headers: dict[str, str]
    faults: list[str] = field(default_factory=list)
    sent: int = 0

    async def send(self, shape: Shape, query: str, body: bytes | None) -> None:
        operation, values = shape.operation, self.values(shape)
        path = operation.path.format(**filled(shape.path, values, 0))
        kind = {} if body is None else {"content-type": "application/json"}
        answer = await self.stage.house.gateway.http.request(
            operation.method, f"{path}?{query}", content=body, headers=self.headers | kind
        )
        self.sent += 1
        said = f"{operation}: {query[:200]} {(body or b'')[:300]!r}: {answer.status_code}"
        if answer.status_code >= _FAULT:
            self.faults.append(f"{said} {answer.text[:300]}")
        if answer.is_error and answer.headers.get("content-type") != MEDIA_TYPE:
            self.faults.append(f"{said} is no problem+json: {answer.text[:300]}")

    async def whole(self, shape: Shape) -> tuple[Json, Any]:
        """The query and the body as somebody honest would send them now."""
        values = self.values(shape)
        version = await version_in(self.engine, shape, values, self.stage.world.workspace_id)
        return filled(shape.query, values, version or 1), filled(shape.body, values, version or 1)

    def values(self, shape: Shape) -> dict[int, UUID]:
        return {id(slot): self.stage.world.ids[slot.kind] for slot in shape.slots()}


@pytest.fixture
async def sender(stage: Stage, engine: AsyncEngine) -> Sender:
    return Sender(stage, engine, {"cookie": f"parley_session={await stage.sign_in()}"})


@pytest.fixture
async def document(stage: Stage) -> Json:
    found: Json = (await stage.house.gateway.http.get("/api/openapi.json")).json()
    return found


async def test_no_odd_value_is_a_fault(sender: Sender, document: Json) -> None:
    words, numbers, times = cycle(STRINGS), cycle(NUMBERS), cycle(TIMES)
    for shape in shapes(document):
        for place, _ in places(shape.query):
            for odd in islice(words, EACH):
                query, _ = await sender.whole(shape)
                await sender.send(shape, query_with(query, place, odd), None)
        for place, value in places(shape.body):
            of_its_kind = words if isinstance(value, str) else numbers
            is_time = isinstance(value, str) and value[:4].isdigit()
            for odd in islice(times if is_time else of_its_kind, EACH):
                _, body = await sender.whole(shape)
                await sender.send(shape, "", body_with(body, place, odd))
    assert not sender.faults, "\n".join(sender.faults)
    assert sender.sent > 600


async def test_no_odd_body_is_a_fault(sender: Sender, document: Json) -> None:
    bodies = cycle(BODIES)
    for shape in shapes(document):
        if shape.body is not None:
            for body in islice(bodies, EACH // 2):
                await sender.send(shape, "", body)
    assert not sender.faults, "\n".join(sender.faults)


async def test_more_than_anybody_writes_is_not_even_read(sender: Sender) -> None:
    url, headers = sender.stage.house.gateway.url, sender.headers
    body = b'{"name": "' + b"x" * 9_000_000 + b'"}'
    for path in ("inbox/tags", "publishing/posts", "tickets", "team/profiles", "session"):
        async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as http:
            answer = await http.post(f"/api/v1/{path}", content=body, headers=headers)
        code = answer.json()["code"]
        assert (answer.status_code, code.rpartition(".")[2]) == (413, "body_too_large"), path


@pytest.mark.parametrize("path", ["/api/v1/session", "/api/v1/inbox/tags"])
@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "\\ud800", "email": "a@b.test", "password": "\\ud800"}',
        b'{"name": NaN}',
        b"[" * 50_000,
        b'{"name": 1e999}',
        b'{"name": "\xff"}',
        '{"name": "x"}'.encode("utf-16"),
        gzip.compress(b'{"name": "x"}'),
    ],
    # A name of its own for each: a body of 50,000 brackets, or one that holds the time, is none.
    ids=["surrogates", "nan", "deep", "infinite", "latin-1", "utf-16", "gzip"],
)
async def test_what_only_some_parsers_read_is_malformed(
    sender: Sender, path: str, body: bytes
) -> None:
    headers = sender.headers | {"content-type": "application/json", "content-encoding": "gzip"}
    answer = await sender.stage.house.gateway.http.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")
