"""Where results go: `results.json`, and the table of docs/performance.md that is made of it."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import orjson

from benchmarks.figures import Figure

_RESULTS = Path(__file__).with_name("results.json")
_ROOT = Path(__file__).parents[1]
_PAGE = _ROOT / "docs" / "performance.md"
_WRITTEN_HERE = (":!benchmarks/results.json", ":!docs/performance.md")
_BEGIN, _END = "<!-- results -->\n", "<!-- end of results -->\n"
_HEADS = ("What", "Measured", "Baseline", "Ratio", "Target", "Holds", "At", "Load")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Which code was measured and when, and how busy the machine was before (per minute)."""

    commit: str
    day: date
    load: float

    @classmethod
    def begun(cls, load: float) -> Self:
        """Now, on the code as it stands; changes that are not committed are said."""
        commit = _git("rev-parse", "--short=8", "HEAD") or "unknown"
        changed = _git("status", "--porcelain", "--", ".", *_WRITTEN_HERE)
        return cls(f"{commit}+" if changed else commit, datetime.now(UTC).date(), load)

    def row(self, figure: Figure) -> Row:
        """As it stands in `results.json`."""
        return {
            **figure.row(),
            "commit": self.commit,
            "day": self.day.isoformat(),
            "load": round(self.load, 1),
        }


def _git(*arguments: str) -> str:
    """What git says; nothing where the code was unpacked without its history."""
    command = ("git", *arguments)
    try:
        done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def keep(scenario: str, rows: Sequence[Row]) -> None:
    """Put the rows of a scenario in place of those of an earlier run."""
    if strays := [row["name"] for row in rows if not row["name"].startswith(f"{scenario}:")]:
        raise ValueError(f"No later run of {scenario} would replace {strays}.")
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
        f"{row['commit']}, {row['day']}",
        f"{row['load']:g}",
    )
