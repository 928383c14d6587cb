"""`python -m gateway openapi`: the merged document of services that run."""

import orjson
import pytest

from gateway.server import merged_document
from gateway.settings import GatewaySettings
from shared.errors import UnavailableError
from tests.support.bare_upstream import answering, bare_upstream
from tests.support.service import platform_settings

SERVICES = ("team_directory", "inbox", "scheduler", "ticketing", "analytics")


def settings_for(url: str) -> GatewaySettings:
    told = {f"{name}_url": url for name in SERVICES}
    platform = platform_settings({"bus": "postgresql://nowhere"})
    return GatewaySettings.model_validate({"platform": platform, **told})


async def test_all_services_stand_in_one_document() -> None:
    body = orjson.dumps({"paths": {"/things": {"get": {}}, "/internal/x": {"get": {}}}})
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
    async with bare_upstream(answering(answer)) as upstream:
        document = await merged_document(settings_for(upstream.url))
    paths = {path for path in document["paths"] if path.endswith("/things")}
    assert paths == {
        "/api/v1/team/things",
        "/api/v1/inbox/things",
        "/api/v1/publishing/things",
        "/api/v1/tickets/things",
        "/api/v1/analytics/things",
    }
    assert "/api/v1/presence" in document["paths"]
    assert not any("internal" in path for path in document["paths"])


async def test_a_service_that_is_away_leaves_no_half_document() -> None:
    async with bare_upstream(answering(b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n")) as busy:
        with pytest.raises(UnavailableError):
            await merged_document(settings_for(busy.url))
