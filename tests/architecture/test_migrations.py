"""Migrations run while the platform works: no statement of theirs may stop those who write."""

import re
from pathlib import Path

import pytest

from tests.support.postgres import ROOT
from tests.upgrades.release import first_release

REVISIONS = sorted(ROOT.glob("services/*/migrations/versions/*.py"))
_INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX\s+(?!CONCURRENTLY)\w+\s*\"?\s*\"?\s*ON (\w+)")
RELEASE = first_release()
# A plain index on a table that installations have filled, and why it was bearable.
PLAIN = {
    "inbox/0003_retention.py": "BRIN: one pass that only reads.",
}


def name_of(revision: Path) -> str:
    return f"{revision.parents[2].name}/{revision.name}"


def source_of(revision: Path) -> str:
    """The file with the pieces of its texts joined."""
    return re.sub(r'"\s*\n\s*"', "", revision.read_text())


@pytest.mark.parametrize("revision", REVISIONS, ids=name_of)
def test_an_index_on_a_table_in_use_is_made_by_add_index(revision: Path) -> None:
    source = source_of(revision)
    service = revision.parents[2].name
    stopped = {it for it in _INDEX.findall(source) if f"{service}.{it}" in RELEASE.rows}
    if revision.name[:4] <= RELEASE.revisions[service]:
        return
    assert bool(stopped) == (name_of(revision) in PLAIN), (
        f"use add_index of shared.db.schema: {stopped}"
    )


@pytest.mark.parametrize("revision", REVISIONS, ids=name_of)
def test_nothing_is_written_anew_or_taken_away(revision: Path) -> None:
    """What the release before still reads and writes goes one release after its last use."""
    forward = source_of(revision).split("def downgrade")[0].split("def drop_")[0]
    for statement in (r"ALTER COLUMN \w+ (SET DATA )?TYPE", "DROP COLUMN", "DROP TABLE", "RENAME"):
        assert not re.search(statement, forward), statement
