"""Work in a child process, forked from a supervisor that has imported everything before.

Importing the stack takes seconds and 70 MB; a fork takes milliseconds and shares the memory. It is
safe only while the parent has no thread, no event loop, no engine and no open connection.
"""

import os
import runpy
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from deploy.local.processes import die_with_parent

_HIGHEST_INHERITED = 256


def fork(work: Callable[[], None], environment: Mapping[str, str], log: Path) -> int:
    """Do `work` in a child with these variables and this log; its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    tie = die_with_parent(signal.SIGTERM)
    pid = os.fork()
    if pid == 0:
        _become(work, tie, environment, log)
    return pid


def run_module(module: str, arguments: Sequence[str] = ()) -> None:
    """What `python -m <module> <arguments>` does."""
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _become(
    work: Callable[[], None], tie: Callable[[], None], environment: Mapping[str, str], log: Path
) -> NoReturn:
    code = 1
    try:
        _reset_signals()
        tie()
        os.setsid()  # A Ctrl-C in the terminal is the supervisor's; it stops us in order.
        _redirect(log)
        os.environ.clear()
        os.environ.update(environment)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 -- nothing above this frame may run in the child.
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _reset_signals() -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(sign, signal.SIG_DFL)


def _redirect(log: Path) -> None:
    target = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(target, 1)
    os.dup2(target, 2)
    # The supervisor's lock must not live on in a child that outlives it.
    os.closerange(3, _HIGHEST_INHERITED)
