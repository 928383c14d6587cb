"""How the supervisor hears that it shall stop, or that a child has ended, without a thread."""

import select
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal; like KeyboardInterrupt it is nobody's to swallow."""


class Waker:
    """Waits for a time or until a signal comes, whichever is first."""

    def __init__(self, reader: socket.socket) -> None:
        self._reader = reader

    def wait(self, seconds: float) -> None:
        readable, _, _ = select.select([self._reader], [], [], max(seconds, 0))
        if readable:
            with suppress(BlockingIOError):
                self._reader.recv(4096)


@contextmanager
def listening() -> Iterator[Waker]:
    """While inside, a wish to stop raises `StopRequested` and a child's end wakes the waker."""
    reader, writer = socket.socketpair()
    for end in (reader, writer):
        end.setblocking(False)
    before = {sign: signal.getsignal(sign) for sign in (*_STOP, signal.SIGCHLD)}
    previous = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    try:
        for sign in _STOP:
            signal.signal(sign, _request_stop)
        signal.signal(signal.SIGCHLD, lambda _sign, _frame: None)
        yield Waker(reader)
    finally:
        signal.set_wakeup_fd(previous)
        for sign, handler in before.items():
            signal.signal(sign, handler)
        reader.close()
        writer.close()


def deafen() -> None:
    """From here on the stop itself is not interrupted; it has its own time limits."""
    for sign in _STOP:
        signal.signal(sign, lambda _sign, _frame: None)


def _request_stop(sign: int, _frame: FrameType | None) -> None:
    deafen()  # An impatient second Ctrl-C must not interrupt the stop that the first began.
    raise StopRequested(signal.Signals(sign).name)
