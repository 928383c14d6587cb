"""One module a scenario, and beside it the bare program that it is compared with."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.figures import Figure
from benchmarks.scenarios import (
    analytics_consumer,
    analytics_overview,
    browser,
    deliveries,
    gateway,
    gateway_bodies,
    hop,
    idle,
    inbox_desk,
    inbox_list,
    publishing,
    webhook,
)
from benchmarks.visiting import BROWSER
from benchmarks.world import World

Measure = Callable[[World], Coroutine[Any, Any, Sequence[Figure]]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Something to measure, and the programs that the machine must have for it."""

    measure: Measure
    programs: tuple[str, ...] = ()


SCENARIOS: Mapping[str, Scenario] = {
    "analytics consumer": Scenario(analytics_consumer.measure),
    "analytics overview": Scenario(analytics_overview.measure),
    "gateway": Scenario(gateway.measure, ("wrk", "nginx")),
    "webhook": Scenario(webhook.measure, ("wrk",)),
    "deliveries": Scenario(deliveries.measure),
    "bodies": Scenario(gateway_bodies.measure, ("nginx",)),
    "publishing": Scenario(publishing.measure),
    "list": Scenario(inbox_list.measure, ("wrk",)),
    "inbox": Scenario(inbox_desk.measure),
    "hop": Scenario(hop.measure),
    "idle": Scenario(idle.measure),
    "browser": Scenario(browser.measure, (BROWSER,)),
}
