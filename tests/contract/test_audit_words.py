"""What the audit log records is said in words: each action in both languages, and no other."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.team_directory import commands

_COMMANDS = sorted(Path(commands.__path__[0]).glob("*.py"))
_STRINGS = Path(__file__).parents[2] / "web/src/features/team_directory/strings"
# Said instead where somebody did it to themselves.
_TO_THEMSELVES = "_self"


def _words(language: str) -> dict[str, Any]:
    audit: dict[str, Any] = json.loads((_STRINGS / f"{language}.json").read_text())["audit"]
    return audit


def _recorded_by(tree: ast.Module) -> Iterator[str]:
    """The actions that a module writes into the log; of a name, all that it can stand for."""
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Change":
            action = node.args[0]
            while not isinstance(action, ast.Constant | ast.IfExp | ast.Dict):
                # A text that is put together could not be looked up here.
                assert isinstance(action, ast.Name | ast.Subscript), ast.unparse(action)
                action = action.value if isinstance(action, ast.Subscript) else named[action.id]
            values = (it.value for it in ast.walk(action) if isinstance(it, ast.Constant))
            yield from (str(it) for it in values)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_action_has_words_and_all_words_have_an_action(language: str) -> None:
    trees = [ast.parse(path.read_text()) for path in _COMMANDS]
    recorded = {it.replace(".", "_") for tree in trees for it in _recorded_by(tree)}
    assert len(recorded) > 30
    said = {name.removesuffix(_TO_THEMSELVES) for name in _words(language)["action"]}
    assert said == recorded
