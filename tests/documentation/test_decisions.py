"""Architecture decision records: numbered, dated, half a page."""

import re

import pytest

from tests.architecture import house

RECORDS = sorted((house.ROOT / "docs" / "adr").glob("*.md"))


def test_records_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_a_record_says_why_what_and_at_what_price_on_half_a_page(path):
    text = path.read_text("utf-8")
    assert re.match(rf"# {int(path.name[:4])}\. \S", text)
    assert re.search(r"^Date: \d{4}-\d\d-\d\d\. Status: \w+", text, re.MULTILINE)
    for heading in ("## Why", "## What", "## Price"):
        assert heading in text
    assert len(text.split()) <= 450
