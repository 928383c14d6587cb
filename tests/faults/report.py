"""The figures of walks as the table of docs/reliability.md, one row for each fault and bus."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.reader import Fact, Outcome
from tests.faults.walk import Struck, Walk

PAGE = Path(__file__).parents[2] / "docs/reliability.md"
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->\n"
_PROMISED = frozenset({"webhook", "reply", "post"})
_HEAD = (
    "| Fault | Bus | Times | Acknowledged | Effects | Lost | Doubled | Unknown | Lasted, s"
    " | Works again after, s |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


@dataclass(frozen=True, slots=True)
class Blow:
    """One fault that was struck, and what was to happen between it and the next one."""

    bus: str
    struck: Struck
    facts: Sequence[Fact]


def blows(walk: Walk) -> list[Blow]:
    """Each fact belongs to the fault that was the last to strike before it."""
    later = [each.at for each in walk.struck[1:]]
    ends = [*later, datetime.max.replace(tzinfo=UTC)]
    begins = [datetime.min.replace(tzinfo=UTC), *later]
    return [
        Blow(walk.bus.value, struck, [fact for fact in walk.facts if begin <= fact.at < end])
        for struck, begin, end in zip(walk.struck, begins, ends, strict=True)
    ]


def table(walks: Sequence[Walk]) -> str:
    """In the order of the longest walk, the buses below each other."""
    longest = max(walks, key=lambda walk: len(walk.struck))
    rows: dict[str, dict[str, list[Blow]]] = {struck.name: {} for struck in longest.struck}
    for blow in (blow for walk in walks for blow in blows(walk)):
        rows.setdefault(blow.struck.name, {}).setdefault(blow.bus, []).append(blow)
    return _HEAD + "".join(_row(same) for buses in rows.values() for same in buses.values())


def _row(same: Sequence[Blow]) -> str:
    facts = [fact for blow in same for fact in blow.facts]
    outcomes = Counter(fact.outcome for fact in facts)
    cells = (
        same[0].struck.name,
        "Kafka" if same[0].bus == "kafka" else "Postgres",
        len(same),
        sum(fact.kind in _PROMISED for fact in facts),
        sum(fact.kind not in _PROMISED for fact in facts),
        outcomes[Outcome.LOST] + outcomes[Outcome.OPEN],
        outcomes[Outcome.DOUBLED],
        outcomes[Outcome.UNKNOWN],
        _most(blow.struck.lasted for blow in same),
        _most(blow.struck.recovered for blow in same),
    )
    return f"| {' | '.join(map(str, cells))} |\n"


def _most(seconds: Iterable[float]) -> str:
    return f"{max(seconds):.1f}"


def write(walks: Sequence[Walk]) -> None:
    """Replace the table in the page and leave its words alone."""
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(f"{before}{_BEGIN}{table(walks)}{_END}{after}")
