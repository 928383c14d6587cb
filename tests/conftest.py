"""Fixtures that every test may ask for; what they do lives in tests/support."""

from collections.abc import Generator
from contextlib import ExitStack
from typing import Any

import pytest
import structlog

from shared.observability.logs import console_renderer
from tests.support.kafka import kafka
from tests.support.platform import LocalPlatform, platform
from tests.support.postgres import database_urls, new_database, postgres, running_postgres

__all__ = ["database_urls", "kafka", "new_database", "platform", "postgres"]

_RUN = pytest.StashKey[ExitStack]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """With xdist the controller owns the server: it is there before its workers and after them."""
    if _RUN not in node.config.stash:
        stack = ExitStack()
        node.config.stash[_RUN] = stack
        node.config.add_cleanup(stack.close)
        started = stack.enter_context(running_postgres())
        node.config.stash[_WORKER] = started.to_worker()
    node.workerinput["postgres"] = node.config.stash[_WORKER]


_WORKER = pytest.StashKey[dict[str, str | int]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test of the running platform that fails shows what its processes logged."""
    report = yield
    started: dict[str, Any] = getattr(item, "funcargs", {})
    for each in started.values():
        if report.failed and isinstance(each, LocalPlatform):
            report.sections.append(("logs of the platform", each.logs()))
    return report


# What takes long begins first, so that no worker is alone with it at the end.
_LONGEST_FIRST = ("faults", "web", "e2e", "networks", "conformance", "hostile", "architecture")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        folder = item.nodeid.split("/")[1]
        return _LONGEST_FIRST.index(folder) if folder in _LONGEST_FIRST else len(_LONGEST_FIRST)

    items.sort(key=place)


def pytest_configure() -> None:
    """Log as production does: without the values of local variables."""
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, console_renderer(colors=False)]
    )
