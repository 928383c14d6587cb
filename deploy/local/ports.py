"""Ports that nobody listens on, for servers whose port is nobody's business."""

import secrets
import socket
from contextlib import ExitStack

HOST = "127.0.0.1"
# Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152):
# one of those may be taken by any client between the choice and the use, and a client that keeps
# calling a server that is away may even be connected to itself.
_FIRST, _LAST = 15_000, 32_000
_TRIES = 200


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Different ports, each free at this moment."""
    with ExitStack() as stack:
        return [_take(stack) for _ in range(count)]


def _take(stack: ExitStack) -> int:
    for _ in range(_TRIES):
        port = _FIRST + secrets.randbelow(_LAST - _FIRST)
        probe = stack.enter_context(socket.socket())
        try:
            probe.bind((HOST, port))
        except OSError:
            continue
        return port
    raise OSError("No free port was found.")
