"""`python -m tests.faults [--rounds N] [--bus ...] [--write]`: walk, and say what was seen."""

import argparse
import asyncio
import sys
from pathlib import Path

from shared.settings import BusKind
from tests.faults.report import table, write
from tests.faults.walk import Walk, faults_of, walk
from tests.support.small_disk import missing_rights


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--bus", type=BusKind, nargs="+", default=list(BusKind))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[""], help="words of the faults to strike")
    parser.add_argument("--keep", type=Path, help="a folder for the logs")
    parser.add_argument("--write", action="store_true", help="put the figures into the page")
    asked = parser.parse_args()
    if problem := missing_rights():
        sys.exit(problem)
    walks: list[Walk] = []
    for bus in asked.bus:
        chosen = [one for one in faults_of(bus) if any(word in one.name for word in asked.only)]
        walks.append(await walk(bus, chosen * asked.rounds, _say, asked.keep))
    _say(table(walks))
    if asked.write:
        write(walks)
    wrong = [fact for each in walks for fact in each.wrong]
    for fact in wrong:
        _say(str(fact))
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
