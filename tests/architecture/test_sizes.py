"""Nothing grows past what one reader holds in mind (CONTRIBUTING.md, sizes)."""

import ast
from pathlib import Path

import pytest

from tests.architecture import house

MODULE, FUNCTION, CLASS, PARAMETERS = 400, 40, 200, 5
TEST_MODULE, TEMPLATE, BASE_SETTINGS, CONFTEST = 500, 150, 250, 150


def too_long(paths: list[Path], ceiling: int) -> list[str]:
    lengths = ((len(p.read_text("utf-8").splitlines()), p) for p in paths)
    return [f"{p.relative_to(house.ROOT)}: {n}" for n, p in lengths if n > ceiling]


def nodes(*kinds: type[ast.AST]) -> list[tuple[Path, ast.AST]]:
    return [
        (path, node)
        for path in house.modules()
        if not house.is_migration(path)
        for node in ast.walk(house.tree(path))
        if isinstance(node, kinds)
    ]


@pytest.mark.parametrize(
    ("paths", "ceiling"),
    [
        ([p for p in house.modules() if not house.is_migration(p)], MODULE),
        (list((house.ROOT / "tests").rglob("*.py")), TEST_MODULE),
        (list((house.ROOT / "tests").rglob("conftest.py")), CONFTEST),
        (list(house.templates()), TEMPLATE),
        ([house.PACKAGE / "config" / "settings" / "base.py"], BASE_SETTINGS),
    ],
    ids=["modules", "test modules", "conftest", "templates", "settings"],
)
def test_no_file_is_too_long(paths, ceiling):
    assert too_long(paths, ceiling) == []


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines without its docstring: explaining costs nothing."""
    told = node.body[0] if ast.get_docstring(node) else None
    spared = told.end_lineno - told.lineno + 1 if told else 0
    return node.end_lineno - node.lineno + 1 - spared


def test_no_function_is_too_long():
    found = [
        f"{house.dotted(path)}.{node.name}: {lines_of(node)}"
        for path, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if lines_of(node) > FUNCTION
    ]
    assert found == []


def test_no_class_is_too_long():
    found = [
        f"{house.dotted(path)}.{node.name}: {length}"
        for path, node in nodes(ast.ClassDef)
        if (length := node.end_lineno - node.lineno + 1) > CLASS
    ]
    assert found == []


def test_no_function_takes_too_many_parameters():
    """At most five by name beside the actor and the clock, which many must take."""
    found = [
        f"{house.dotted(path)}.{node.name}: {count}"
        for path, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if (
            count := len([a for a in node.args.kwonlyargs if a.arg not in {"by", "at"}])
        )
        > PARAMETERS
    ]
    assert found == []
