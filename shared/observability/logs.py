"""Structured logs: one JSON object a line in production, readable lines on a terminal."""

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import Any

import orjson
import structlog
from typing_extensions import override

_SECONDS_OF_SILENCE = 10.0


class Sparing(logging.Filter):
    """Of what a library says again and again, one record of a kind passes in so many seconds.

    During an outage of the broker aiokafka reports every attempt of every client.
    """

    def __init__(self, library: str, seconds: float, clock: Callable[[], float]) -> None:
        super().__init__()
        self._library = library
        self._seconds = seconds
        self._clock = clock
        self._said: dict[str, float] = {}
        self._kept_back: Counter[str] = Counter()

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] != self._library:
            return True
        kind, now = str(record.msg), self._clock()
        if now - self._said.get(kind, -inf) < self._seconds:
            self._kept_back[kind] += 1
            return False
        self._said[kind] = now
        if more := self._kept_back.pop(kind, 0):
            record.msg, record.args = f"{record.getMessage()} (and {more} like it before)", ()
        return True


class Lines(structlog.WriteLogger):
    """Writes lines; one that cannot be written (a full disk) is lost, and nothing else is."""

    @override
    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = msg
    fatal = failure = err = error = critical = exception = msg


def configure_logging(process: str, level: str, *, as_json: bool) -> None:
    """Let structlog and the standard library's loggers write the same lines to stdout.

    What is ours takes the short way, because every request writes one.
    """
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
    handler.addFilter(Sparing("aiokafka", _SECONDS_OF_SILENCE, time.monotonic))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("aiokafka", "httpx", "httpcore", "alembic.runtime.migration"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*chain, *tail],
        logger_factory=lambda *_names: Lines(sys.stdout),
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
