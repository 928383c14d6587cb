"""Small facts about operating-system processes: tie one to its parent, find it again, end it."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

import psutil

_PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """What a new child runs first, so that the kernel sends it `sign` when its parent is gone.

    Linux only; elsewhere a child notices by other means (a closed connection) or at the next start.
    """
    parent = os.getpid()
    if sys.platform != "linux":
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(sign))
        if os.getppid() != parent:  # It went away before the line above.
            os.kill(os.getpid(), sign)

    return tie


def find_process(pid: int, *, runs: str) -> psutil.Process | None:
    """The live process with this id whose command line contains `runs`.

    The second condition matters: after a crash or a reboot the number belongs to somebody else.
    """
    try:
        process = psutil.Process(pid)
        alive = process.status() != psutil.STATUS_ZOMBIE
        return process if alive and runs in " ".join(process.cmdline()) else None
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None
