"""What the tests of the house look at: rooms, modules, imports, templates, files."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "darbaza"

ROOMS = tuple(sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py")))
# Libraries of the house: every module of theirs may be used from above.
OPEN_ROOMS = frozenset({"kernel", "pages"})


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module or object, by its full name, and where."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files that git knows or would add, without those deleted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(p for p in paths if p.is_file()))


@cache
def modules() -> tuple[Path, ...]:
    """Return every module of the product."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def dotted(path: Path) -> str:
    """Return ``gate.services`` for ``src/darbaza/gate/services.py``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_migration(path: Path) -> bool:
    """Tell whether a module is a migration."""
    return "migrations" in path.parts


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Return what a module imports from the product, but for the type checker."""
    name = dotted(path)
    found = []
    for node in _walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            pairs = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            pairs = [alias.name for alias in node.names]
        else:
            continue
        found += [
            Import(name, full.removeprefix("darbaza."), node.lineno)
            for full in pairs
            if full.startswith("darbaza.")
        ]
    return tuple(found)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree, but not into what only the type checker reads."""
    yield node
    for child in ast.iter_child_nodes(node):
        only_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(
            child.test
        )
        if not only_types:
            yield from _walk(child)


@cache
def templates() -> tuple[Path, ...]:
    """Return every template of every room."""
    return tuple(sorted(PACKAGE.glob("*/templates/**/*.html")))
