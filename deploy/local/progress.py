"""What the person at the terminal sees: one line a step, what went wrong, where to go."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Writes to a terminal, or plainly to a file or pipe."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self._out = out
        self._live = out.isatty()

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """A step that takes time; the line is completed when it is done."""
        begin = time.monotonic()
        if self._live:
            self._write(f"  … {what}")
        try:
            yield
        except BaseException:
            self._write(f"{self._restart()}  ✗ {what}\n")
            raise
        self._write(f"{self._restart()}  ✓ {what} ({time.monotonic() - begin:.1f} s)\n")

    def say(self, line: str = "") -> None:
        self._write(f"{line}\n")

    def _restart(self) -> str:
        return "\r\033[K" if self._live else ""

    def _write(self, text: str) -> None:
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:
            # The terminal is gone (closed window, broken pipe); the platform goes on.
            self._live = False
