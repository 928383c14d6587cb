"""`python -m benchmarks [SCENARIO] [--size N]`: measure, print a table, keep what was measured."""

import argparse
import asyncio
import sys

import uvloop

from benchmarks.report import as_table, keep
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
    configure_logging("bench", "WARNING", as_json=False)
    with open_world(asked.size) as world:
        for name in names:
            sys.stdout.write(f"\n{name} ...\n\n")
            sys.stdout.flush()
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                rows = [figure.row() for figure in runner.run(SCENARIOS[name](world))]
            sys.stdout.write(as_table(rows))
            keep(name, rows)


if __name__ == "__main__":
    main()
