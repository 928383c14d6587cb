"""`python -m deploy.local [--bus postgres|kafka]`: the whole platform on this machine."""

import argparse
import os
import sys

from deploy.local.errors import StartError
from deploy.local.home import Home
from deploy.local.start import LocalStart
from deploy.local.stop import listening
from shared.settings import BusKind

_PYTHON = (3, 11)


def main(start: type[LocalStart] = LocalStart) -> int:
    """Run until stopped; the exit code says whether the start worked."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local")
    parser.add_argument("--bus", type=BusKind, choices=list(BusKind), default=BusKind.POSTGRES)
    bus = parser.parse_args().bus
    try:
        check_python(sys.version_info[:2])
        with listening() as waker:
            start(Home.from_environment(os.environ), os.environ, bus, waker).run()
    except StartError as error:
        sys.stderr.write(f"\nParley did not start: {error}\n")
        return 1
    return 0


def check_python(found: tuple[int, ...]) -> None:
    if found != _PYTHON:
        raise StartError(f"Parley needs Python 3.11 and this is {found[0]}.{found[1]}.")


if __name__ == "__main__":
    sys.exit(main())
