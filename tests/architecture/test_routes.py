"""What holds for every route of every service."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from deploy.catalogue.api import service_of
from deploy.postgres.cluster import SERVICES
from shared.http.unit_of_work import LongRoute, UnitOfWorkRoute

_SAFE = {"GET", "HEAD", "OPTIONS"}
# Networks send no keys; what they deliver twice is recognised by its content.
_OF_NETWORKS = "/hooks/"


def _routes(router: APIRouter) -> Iterator[APIRoute]:
    for route in router.routes:
        included: Any = getattr(route, "original_router", None)
        if included is not None:
            yield from _routes(included)
        elif isinstance(route, APIRoute):
            yield route


@pytest.mark.parametrize("service", SERVICES)
def test_every_change_honours_an_idempotency_key(service: str) -> None:
    """Either the transaction keeps the answer, or the key is claimed around the command."""
    found = [it for router in service_of(service).parts.routers for it in _routes(router)]
    assert found
    others = [
        route.path
        for route in found
        if not _SAFE.issuperset(route.methods or ())
        and not route.path.startswith(_OF_NETWORKS)
        and not isinstance(route, UnitOfWorkRoute | LongRoute)
    ]
    assert others == []
