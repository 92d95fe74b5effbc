"""No page, style or script names another computer: the house has no Internet."""

import re
from pathlib import Path

import pytest

from tests.architecture import house

ADDRESS = re.compile(
    r"""(?:https?:)?//[a-z0-9][\w.-]*\.[a-z]{2,}[^\s"'<>)`]*""", re.IGNORECASE
)
NAMES_ONLY = re.compile(r"//(www\.)?(w3\.org|opendocumentformat\.org|purl\.org)/")
"""Names of XML kinds: nothing is fetched from there."""
LOADING = re.compile(
    r"""(?:src|href|action|hx-(?:get|post)|poster|srcset)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|@import\s+["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//"""
    r"""|(?:fetch|import|WebSocket|EventSource|importScripts)\(\s*["'`](?:\w+:)?//""",
    re.IGNORECASE,
)


def sources() -> list[Path]:
    """Return every template and our own styles and scripts."""
    front = [
        path
        for kind in ("*.css", "*.scss", "*.js", "*.mjs", "*.svg")
        for path in house.PACKAGE.rglob(kind)
        if not {"build", "node_modules", "test"} & set(path.parts)
    ]
    return [*house.templates(), *front]


def built() -> list[Path]:
    """Return what the browser is sent of foreign making, put together by the build."""
    folder = house.PACKAGE / "pages" / "static" / "build"
    return [p for p in folder.rglob("*") if p.suffix in {".css", ".js", ".svg"}]


def test_no_source_names_an_address_outside():
    found = {
        str(path.relative_to(house.PACKAGE)): match.group()
        for path in sources()
        for match in ADDRESS.finditer(path.read_text("utf-8"))
        if not NAMES_ONLY.match(match.group().split(":", 1)[-1])
    }
    assert found == {}


def test_nothing_that_was_built_loads_from_outside():
    if not built():
        pytest.skip("the front end is not built: ./run --prepare")
    found = {
        path.name: match.group()
        for path in built()
        for match in LOADING.finditer(path.read_text("utf-8", "replace"))
    }
    assert found == {}
