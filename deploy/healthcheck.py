"""`python -m deploy.healthcheck <url>`: a container's health check; exit 0 when it is ready.

It imports nothing of Parley, because it runs every few seconds in every container.
"""

import http.client
import sys
from urllib.parse import urlsplit


def is_ready(url: str) -> bool:
    """Whether a GET answers 200."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=3)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if is_ready(sys.argv[1]) else 1)
