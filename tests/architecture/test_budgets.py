"""Sizes, docstrings and the other rules that no linter knows."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE_LINES = 300
FUNCTION_LINES = 40
PRODUCT = ("shared", "services", "gateway", "deploy")


@cache
def python_files() -> tuple[Path, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],  # noqa: S607 -- the developer's own git
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return tuple(ROOT / name for name in listed if (ROOT / name).exists())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def product_files() -> Iterator[Path]:
    return (path for path in python_files() if path.relative_to(ROOT).parts[0] in PRODUCT)


def is_migration(path: Path) -> bool:
    return "migrations/versions" in str(path)


def code_lines(path: Path) -> int:
    lines = (line.strip() for line in path.read_text().splitlines())
    return sum(1 for line in lines if line and not line.startswith("#"))


def test_files_stay_small() -> None:
    sizes = {name_of(p): code_lines(p) for p in python_files() if not is_migration(p)}
    assert {name: size for name, size in sizes.items() if size > FILE_LINES} == {}


def test_functions_stay_small() -> None:
    long = {
        f"{name_of(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }
    assert long == {}


def test_every_module_says_what_it_owns() -> None:
    silent = [name_of(p) for p in product_files() if not ast.get_docstring(tree_of(p))]
    assert silent == []


def test_only_the_kernel_commits() -> None:
    """The edge opens and ends transactions; business code never does."""
    guilty = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        if path.relative_to(ROOT).parts[:2] != ("shared", "db")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"commit", "rollback"}
        and not _is_bus_commit(node)
    ]
    assert guilty == []


def _is_bus_commit(node: ast.Attribute) -> bool:
    """Committing offsets is the consumer loop's own business, and is called on a consumer."""
    return isinstance(node.value, ast.Name | ast.Attribute) and "consumer" in ast.unparse(
        node.value
    )


def test_no_service_names_another_ones_tables_or_address() -> None:
    services = [
        p.name
        for p in (ROOT / "services").iterdir()
        if (p / "models").exists() or (p / "models.py").exists()
    ]
    guilty = []
    for path in product_files():
        parts = path.relative_to(ROOT).parts
        if parts[0] != "services" or len(parts) < 3:
            continue
        others = [f"{name}." for name in services if name != parts[1]]
        guilty += [
            f"{name_of(path)}: {word}"
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            for word in others
            if f" {word}" in f" {node.value}" and "select" in node.value.lower()
        ]
    assert guilty == []


def test_only_main_reads_the_environment() -> None:
    """Settings are built once and passed down."""
    guilty = [
        f"{name_of(path)}:{node.lineno}"
        for path in product_files()
        if path.relative_to(ROOT).parts[0] != "deploy"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    ]
    assert guilty == []


@pytest.mark.parametrize("word", ["freeze_time", "freezegun", "utcnow", "datetime.now("])
def test_time_comes_from_the_clock(word: str) -> None:
    allowed = {"shared/clock.py"}
    guilty = [
        name_of(path)
        for path in product_files()
        if word in path.read_text()
        and name_of(path) not in allowed
        and path.relative_to(ROOT).parts[0] != "deploy"
    ]
    assert guilty == []
