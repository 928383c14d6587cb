"""Pages that list something list all of it."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_decision_is_in_the_list() -> None:
    listed = (ROOT / "docs/adr/README.md").read_text()
    decisions = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [path.name for path in decisions if f"({path.name})" not in listed] == []


def test_every_service_says_what_it_owns() -> None:
    services = [path.parent for path in (ROOT / "services").glob("*/__main__.py")]
    assert [path.name for path in services if not (path / "README.md").exists()] == []
