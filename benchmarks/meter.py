"""What processes spend: processor time and memory, each with all of its children."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

import psutil


class Meter:
    """Counts from its making on; a process is named and given by its id."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = {name: psutil.Process(pid) for name, pid in processes.items()}
        self._before = self._processor()

    def spent(self) -> dict[str, float]:
        """Seconds of a processor since then."""
        now = self._processor()
        return {name: now[name] - before for name, before in self._before.items()}

    def memory(self) -> dict[str, float]:
        """Bytes now; what is shared between processes counts once (PSS)."""
        return {name: sum(map(_memory, self._family(name))) for name in self._processes}

    def _processor(self) -> dict[str, float]:
        return {name: sum(map(_processor, self._family(name))) for name in self._processes}

    def _family(self, name: str) -> Iterator[psutil.Process]:
        """The process and all below it, but for those that are counted under another name."""
        others = {one.pid for other, one in self._processes.items() if other != name}
        waiting = [self._processes[name]]
        while waiting:
            process = waiting.pop()
            yield process
            with suppress(psutil.NoSuchProcess):
                waiting += [child for child in process.children() if child.pid not in others]


def _processor(process: psutil.Process) -> float:
    """Its own time, and that of children that ended."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _memory(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0.0
