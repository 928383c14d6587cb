"""`python -m tests.networks.servers install`: fetch and build the servers that tests run."""

import os
import sys

from tests.networks.servers.install import CannotInstallError, install


def main() -> int:
    if sys.argv[1:] != ["install"]:
        sys.stderr.write("usage: python -m tests.networks.servers install\n")
        return 2
    try:
        install()
    except CannotInstallError as error:
        sys.stderr.write(f"The test servers cannot be installed: {error}.\n")
        # Elsewhere the tests are skipped with this reason; in CI nothing may be left out.
        return 1 if os.environ.get("CI") else 0
    return 0


sys.exit(main())
