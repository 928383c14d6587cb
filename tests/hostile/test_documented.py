"""Whatever is sent to a route, the answer is one that the merged OpenAPI document describes."""

import asyncio

import requests

from tests.hostile.conftest import Stage
from tests.hostile.fuzz import Fuzz, operations

# For each route, of the documented form and as many of another.
EXAMPLES = 3


async def test_every_answer_is_as_documented(stage: Stage) -> None:
    document = (await stage.house.gateway.http.get("/api/openapi.json")).json()
    token = await stage.sign_in()

    def throw() -> list[str]:
        with requests.Session() as http:
            http.trust_env = False
            http.headers["cookie"] = f"parley_session={token}"
            fuzz = Fuzz(http, stage.world.ids, EXAMPLES)
            asked = operations(document, stage.house.gateway.url)
            return [it for operation in asked for it in fuzz.complaints(operation)]

    found = await asyncio.to_thread(throw)
    assert not found, "\n\n".join(found)
