"""`python -m benchmarks.serve MODULE:APP PORT`: an ASGI app, served as the services are.

Its loops rest: it does nothing but answer.
"""

import sys

import uvicorn

from deploy.local.ports import HOST
from shared.collector import calm_collector
from shared.http.server_protocol import ServerProtocol


def main() -> None:
    config = uvicorn.Config(
        sys.argv[1],
        host=HOST,
        port=int(sys.argv[2]),
        http=ServerProtocol,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        lifespan="off",
        timeout_keep_alive=75,
    )
    config.load()
    calm_collector()
    uvicorn.Server(config).run()


main()
