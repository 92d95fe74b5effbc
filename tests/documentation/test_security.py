"""The tests that ``docs/security.md`` names exist."""

import re

from tests.architecture import house

DEFINED = re.compile(r"def (test_\w+)\(")


def test_every_named_test_exists():
    named = re.findall(
        r"`(test_\w+)`", (house.ROOT / "docs/security.md").read_text("utf-8")
    )
    files = (house.ROOT / "tests").rglob("test_*.py")
    found = {name for p in files for name in DEFINED.findall(p.read_text("utf-8"))}
    assert len(named) > 30
    assert sorted(set(named) - found) == []
