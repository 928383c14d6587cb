"""What can be proved of the benchmarks without measuring anything."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

import benchmarks.__main__ as bench
from benchmarks.contest import Turned
from benchmarks.figures import Figure
from benchmarks.report import Run, as_table
from benchmarks.scenarios import webhook
from benchmarks.world import World
from benchmarks.wrk import Wrk


def test_a_missing_program_is_one_sentence_before_anything_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begun: list[int] = []

    @contextmanager
    def open_world(size: int) -> Iterator[World]:
        begun.append(size)
        yield from ()

    monkeypatch.setattr(bench, "open_world", open_world)
    monkeypatch.setattr(bench, "find", lambda _program: None)
    monkeypatch.setattr(sys, "argv", ["bench", "gateway"])
    with pytest.raises(SystemExit) as ended:
        bench.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == "This needs wrk and nginx: install what is missing.\n"
    assert begun == []


def test_a_row_says_which_code_was_measured_and_when() -> None:
    run = Run("0123abcd", date(2026, 11, 25), 0.44)
    table = as_table([run.row(Figure(name="hop: bulk", value=5_001, unit="events/s"))])
    (line,) = [line for line in table.splitlines() if "hop: bulk" in line]
    assert [cell.strip() for cell in line.strip("|").split("|")][-2:] == [
        "0123abcd, 2026-11-25",
        "0.4",
    ]


async def test_webhooks_that_come_twice_are_no_measurement(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def turn(_load: Wrk) -> Turned:
        return Turned(11)

    monkeypatch.setattr(webhook, "HOME", tmp_path)
    monkeypatch.setattr(webhook, "_A_TURN", 10)
    monkeypatch.setattr(Wrk, "turn", turn)
    program = webhook.Program("bare", 1, "secret", {})
    with pytest.raises(RuntimeError, match="bare took all 10 requests of a turn"):
        await program.turn()
