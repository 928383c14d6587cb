"""Where results go: `results.json`, and the table of docs/performance.md that is made of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

_RESULTS = Path(__file__).with_name("results.json")
_PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_BEGIN, _END = "<!-- results -->\n", "<!-- end of results -->\n"
_HEADS = ("What", "Measured", "Baseline", "Ratio", "Target", "Holds")

Row = Mapping[str, Any]


def keep(scenario: str, rows: Sequence[Row]) -> None:
    """Put the rows of a scenario in place of those of an earlier run."""
    known = orjson.loads(_RESULTS.read_bytes()) if _RESULTS.exists() else []
    others = [row for row in known if not row["name"].startswith(f"{scenario}:")]
    kept = sorted([*others, *rows], key=lambda row: str(row["name"]).split(":")[0])
    _RESULTS.write_bytes(orjson.dumps(kept, option=orjson.OPT_INDENT_2) + b"\n")
    before, _, rest = _PAGE.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    _PAGE.write_text(f"{before}{_BEGIN}\n{as_table(kept)}\n{_END}{after}")


def as_table(rows: Sequence[Row]) -> str:
    """A table in Markdown, which reads well in a terminal, too."""
    lines = [_HEADS, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEADS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "".join("| " + " | ".join(map(str.ljust, line, widths)) + " |\n" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row["name"],
        f"{row['value']:,} {row['unit']}",
        row["baseline"] or "",
        "" if row["ratio"] is None else f"{row['ratio']:g}",
        row["target"] or "",
        {True: "yes", False: "no", None: ""}[row["holds"]],
    )
