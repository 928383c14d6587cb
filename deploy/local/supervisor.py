"""Starts children, waits until they answer, starts those anew that end, and stops all in order."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.healthcheck import is_ready
from deploy.local.child import fork
from deploy.local.errors import ChildFailedError, StartError
from deploy.local.home import Home
from deploy.local.progress import Progress
from deploy.local.stop import Waker

_READY_SECONDS = 60.0
_STOP_SECONDS = 15.0
_SETTLED_SECONDS = 60.0  # A child that lived this long has its earlier ends forgiven.
_LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class Child:
    """Something that shall run; `ready` is the URL that answers 200 when it does its work."""

    name: str
    work: Callable[[], None]
    environment: Mapping[str, str]
    ready: str = ""
    pid: int = 0
    started: float = 0
    failures: int = 0
    due: float = 0  # When to start it again; 0 while it runs.


class Supervisor:
    """All children of one start; single-threaded, because it forks."""

    def __init__(self, home: Home, progress: Progress, waker: Waker) -> None:
        self._home = home
        self._progress = progress
        self._waker = waker
        self._children: dict[str, Child] = {}

    def start(self, children: Iterable[Child]) -> None:
        for child in children:
            self._children[child.name] = child
            self._launch(child)

    def run_once(self, children: Sequence[Child]) -> None:
        """Run these side by side to their end; the first that fails stops the start."""
        self.start(children)
        running = list(children)
        while running:
            for child in tuple(running):
                code = self._reap(child)
                if code is None:
                    continue
                running.remove(child)
                del self._children[child.name]
                if code != 0:
                    raise ChildFailedError(child.name, self._last_words(child))
            self._waker.wait(0.5 if running else 0)

    def wait_until_ready(self, names: Iterable[str]) -> None:
        """Return when all answer; a child that ends or stays silent stops the start."""
        waiting = [self._children[name] for name in names]
        deadline = time.monotonic() + _READY_SECONDS
        while waiting:
            for child in waiting:
                if self._reap(child) is not None:
                    del self._children[child.name]
                    raise StartError(f"{child.name} ended at once: {self._last_words(child)}")
            waiting = [it for it in waiting if it.ready and not is_ready(it.ready)]
            if waiting and time.monotonic() > deadline:
                late = waiting[0]
                raise StartError(f"{late.name} does not answer; see {self._home.log(late.name)}.")
            if waiting:
                self._waker.wait(0.1)

    def keep_running(self, watch: Callable[[], None]) -> None:
        """Until a signal ends it: start again what ended. `watch` looks after the rest."""
        while True:
            watch()
            now = time.monotonic()
            for child in self._children.values():
                if child.due and child.due <= now:
                    self._launch(child)
                elif not child.due and (code := self._reap(child)) is not None:
                    self._schedule(child, code)
            dues = [child.due - now for child in self._children.values() if child.due]
            self._waker.wait(min(dues, default=2.0))

    def stop(self, names: Iterable[str]) -> None:
        """Ask these to end, wait, insist; they finish what they are doing."""
        running = [self._children.pop(name) for name in names if name in self._children]
        running = [child for child in running if not child.due and self._reap(child) is None]
        _signal(running, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while running and time.monotonic() < deadline:
            running = [child for child in running if self._reap(child) is None]
            if running:
                self._waker.wait(0.05)
        _signal(running, signal.SIGKILL)
        for child in running:
            os.waitpid(child.pid, 0)
            self._home.forget(child.name)

    def stop_rest(self) -> None:
        self.stop(list(self._children))

    def _launch(self, child: Child) -> None:
        self._home.turn_log(child.name)
        child.pid = fork(child.work, child.environment, self._home.log(child.name))
        child.started, child.due = time.monotonic(), 0
        self._home.remember(child.name, child.pid)

    def _reap(self, child: Child) -> int | None:
        """Its exit code (negative: the signal that ended it), or None while it runs."""
        pid, status = os.waitpid(child.pid, os.WNOHANG)
        if pid == 0:
            return None
        self._home.forget(child.name)
        return os.waitstatus_to_exitcode(status)

    def _schedule(self, child: Child, code: int) -> None:
        if time.monotonic() - child.started > _SETTLED_SECONDS:
            child.failures = 0
        pause = min(0.5 * 2**child.failures, _LONGEST_PAUSE)
        child.failures += 1
        child.due = time.monotonic() + pause
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        self._progress.say(
            f"  ! {child.name} {how}; it starts again in {pause:g} s"
            f" (log: {self._home.log(child.name)})"
        )

    def _last_words(self, child: Child) -> str:
        log = self._home.log(child.name)
        return f"{last_words(_tail(log))} (log: {log})"


def _signal(children: Iterable[Child], sign: signal.Signals) -> None:
    for child in children:
        os.kill(child.pid, sign)


def last_words(log: str) -> str:
    """The last error of a log, else its last line: what comes after an error is only leaving."""
    lines = [line.strip() for line in log.strip().splitlines()] or ["it said nothing."]
    errors = [line for line in lines if '"level":"error"' in line or '"level":"critical"' in line]
    return (errors or lines)[-1]


def _tail(path: Path, size: int = 4096) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - size))
        return file.read().decode(errors="replace")
