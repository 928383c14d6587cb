"""`python -m deploy.healthcheck <url>`: a container's health check; exit 0 when it is ready."""

import sys

from deploy.local.supervisor import is_ready

if __name__ == "__main__":
    sys.exit(0 if is_ready(sys.argv[1]) else 1)
