"""`python -m benchmarks [SCENARIO] [--size N]`: measure, print a table, keep what was measured."""

import argparse
import asyncio
import os
import sys
from collections.abc import Collection

import uvloop

from benchmarks.programs import find
from benchmarks.report import Run, as_table, keep
from benchmarks.scenarios import SCENARIOS
from benchmarks.world import open_world
from shared.observability.logs import configure_logging


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("only", nargs="?", default="", help=f"one of {', '.join(SCENARIOS)}")
    parser.add_argument("--size", type=int, default=500_000, help="rows of large tables")
    asked = parser.parse_args()
    names = [name for name in SCENARIOS if name.startswith(asked.only)]
    if not names:
        parser.error(f"there is no {asked.only}; there are {', '.join(SCENARIOS)}")
    if missing := _missing(names):
        parser.exit(1, f"This needs {' and '.join(missing)}: install what is missing.\n")
    configure_logging("bench", "WARNING", as_json=False)
    with open_world(asked.size) as world:
        for name in names:
            sys.stdout.write(f"\n{name} ...\n\n")
            sys.stdout.flush()
            run = Run.begun(os.getloadavg()[0])
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                figures = runner.run(SCENARIOS[name].measure(world))
            rows = [run.row(figure) for figure in figures]
            sys.stdout.write(as_table(rows))
            keep(name, rows)


def _missing(names: Collection[str]) -> list[str]:
    """Programs that these scenarios need and this machine has not."""
    needed = dict.fromkeys(program for name in names for program in SCENARIOS[name].programs)
    return [program for program in needed if find(program) is None]


if __name__ == "__main__":
    main()
