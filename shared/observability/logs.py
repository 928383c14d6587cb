"""Structured logs: one JSON object a line in production, readable lines on a terminal."""

import logging
import sys
from typing import Any

import orjson
import structlog


def configure_logging(process: str, level: str, *, as_json: bool) -> None:
    """Send structlog and the standard library's loggers through one formatter to stdout."""
    chain: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(serializer=_dump)
        if as_json
        else console_renderer(colors=sys.stdout.isatty())
    )
    tail = [structlog.processors.format_exc_info, renderer] if as_json else [renderer]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=chain,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail],
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiokafka", "httpx", "httpcore", "alembic.runtime.migration"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*chain, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)


def _dump(value: Any, **_options: Any) -> str:
    return orjson.dumps(value, default=str).decode()


def console_renderer(*, colors: bool) -> structlog.dev.ConsoleRenderer:
    """Readable lines; plain tracebacks, because those with local variables would show secrets."""
    return structlog.dev.ConsoleRenderer(
        colors=colors, exception_formatter=structlog.dev.plain_traceback
    )
