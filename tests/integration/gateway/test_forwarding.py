"""Requests through the running gateway to a real upstream."""

from collections.abc import AsyncIterator

import httpx

from shared.clock import SystemClock
from shared.http.tokens import TokenVerifier
from tests.integration.gateway.conftest import everyone
from tests.support.gateway import GatewayHand
from tests.support.service import INTERNAL_KEY


def seen(answer: httpx.Response) -> dict[str, str]:
    return dict(answer.json()["headers"])


async def test_a_request_arrives_with_a_signed_identity_and_nothing_forged(
    hand: GatewayHand,
) -> None:
    identity = everyone()
    token = hand.directory.admit(identity)
    answer = await hand.http.get(
        "/api/v1/inbox/conversations?state=open&q=%E4%BD%A0",
        headers={
            "cookie": f"theme=dark; parley_session={token}",
            "x-parley-client-ip": "6.6.6.6",
            "X-Parley-Anything": "forged",
            "x-forwarded-for": "6.6.6.6",
            "x-request-id": "abc-123",
            "accept-language": "zh",
        },
    )
    assert answer.status_code == 200
    assert answer.json()["target"] == "/conversations"
    assert answer.json()["query"] == "state=open&q=%E4%BD%A0"
    headers = seen(answer)
    verifier = TokenVerifier((INTERNAL_KEY,), SystemClock())
    assert verifier.verify(headers["authorization"].removeprefix("Bearer ")) == identity
    assert headers["x-parley-client-ip"] == "127.0.0.1"
    assert headers["x-request-id"] == "abc-123"
    assert headers["accept-language"] == "zh"
    assert headers["x-forwarded-proto"] == "http"
    assert not {"cookie", "x-parley-anything", "x-forwarded-for"} & headers.keys()
    assert answer.headers["x-request-id"] == "abc-123"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["ratelimit-limit"] == "100000"
    assert "strict-transport-security" not in answer.headers


async def test_bodies_of_every_size_and_framing_arrive_whole(
    hand: GatewayHand, signed_in: dict[str, str]
) -> None:
    for size in (0, 1, 65_536, 262_144, 262_145, 3_000_000):
        body = bytes(index % 251 for index in range(size))

        async def pieces(body: bytes = body) -> AsyncIterator[bytes]:
            for start in range(0, len(body), 70_000):
                yield body[start : start + 70_000]

        for content in (body, pieces()):
            answer = await hand.http.post(
                "/api/v1/publishing/media", content=content, headers=signed_in
            )
            assert answer.status_code == 200, answer.text
            assert answer.json()["body"].encode("latin-1") == body


async def test_without_a_session_nothing_is_passed_on(hand: GatewayHand) -> None:
    for headers in ({}, {"cookie": "parley_session=wrong"}, {"authorization": "Bearer pk_wrong"}):
        answer = await hand.http.get("/api/v1/inbox/conversations", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_internal_routes_are_out_of_reach(
    hand: GatewayHand, signed_in: dict[str, str]
) -> None:
    for path in (
        "/api/v1/team/internal/sessions",
        "/api/v1/inbox/internal",
        "/api/v1/inbox/%69nternal/openapi.json",
        "/api/v1/inbox/INTERNAL/x",
        "/api/v1/inbox/hooks/meta",
        "/internal/ready",
        "/internal/metrics",
        "/api/v1/unknown",
    ):
        answer = await hand.http.get(path, headers=signed_in)
        assert answer.status_code == 404, path


async def test_a_head_request_has_no_body(hand: GatewayHand, signed_in: dict[str, str]) -> None:
    for _ in range(3):
        answer = await hand.http.head("/api/v1/inbox/x", headers=signed_in)
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer.headers["content-length"]) > 0


async def test_a_webhook_is_passed_on_raw(hand: GatewayHand) -> None:
    answer = await hand.http.post(
        "/hooks/meta/1?hub=2",
        content=b'{"exact":  "bytes"}',
        headers={"x-hub-signature-256": "sha256=1", "authorization": "Basic abc"},
    )
    assert answer.json()["target"] == "/hooks/meta/1"
    assert answer.json()["body"] == '{"exact":  "bytes"}'
    assert seen(answer)["x-hub-signature-256"] == "sha256=1"
    assert seen(answer)["authorization"] == "Basic abc"
    large = await hand.http.post("/hooks/meta/1", content=bytes(8 * 1024 * 1024 + 1))
    assert large.status_code == 413
    assert large.json()["code"] == "gateway.body_too_large"
