"""`python -m gateway [serve|openapi]`."""

import argparse
import asyncio
import sys

import orjson

from gateway.server import merged_document, serve
from gateway.settings import GatewaySettings
from shared.observability.logs import configure_logging
from shared.observability.tracing import configure_tracing
from shared.settings import read_settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m gateway")
    parser.add_argument("action", nargs="?", default="serve", choices=("serve", "openapi"))
    action = parser.parse_args().action
    settings = read_settings(GatewaySettings)
    platform = settings.platform
    configure_logging("gateway", platform.log_level, as_json=platform.log_json)
    if action == "openapi":
        document = asyncio.run(merged_document(settings))
        sys.stdout.write(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
        return
    configure_tracing("gateway", platform.otlp_endpoint, platform.trace_sample)
    serve(settings)


main()
