"""One module a scenario, and beside it the bare program that it is compared with."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from benchmarks.figures import Figure
from benchmarks.scenarios import analytics_consumer, analytics_overview, gateway, hop, idle, webhook
from benchmarks.world import World

Scenario = Callable[[World], Coroutine[Any, Any, Sequence[Figure]]]

SCENARIOS: Mapping[str, Scenario] = {
    "analytics consumer": analytics_consumer.measure,
    "analytics overview": analytics_overview.measure,
    "gateway": gateway.measure,
    "webhook": webhook.measure,
    "hop": hop.measure,
    "idle": idle.measure,
}
