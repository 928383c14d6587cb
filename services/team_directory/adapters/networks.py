"""The networks that this installation can reach, over one HTTP client."""

from collections.abc import Callable, Coroutine
from typing import Any

from shared.clock import Clock
from shared.networks.registry import NetworkSettings, Registry, build_http, build_registry


def open_networks(
    settings: NetworkSettings, clock: Clock
) -> tuple[Registry, Callable[[], Coroutine[Any, Any, None]]]:
    """The registry, and what to call when the process ends."""
    http = build_http(settings, clock)
    return build_registry(settings, http), http.close
