"""The parts of ``docs`` that repeat the code say what the code says now."""

import pytest

from tests.documentation import generate


@pytest.mark.parametrize("path", generate.documents(), ids=lambda p: p.stem)
def test_what_is_made_from_the_code_is_current(path):
    text = path.read_text("utf-8")
    assert generate.current(text) == text, "say: make docs"


@pytest.mark.parametrize("name", generate.MAKERS)
def test_each_made_part_stands_in_some_document(name):
    mark = f"<!-- made by make docs: {name} -->"
    assert any(mark in p.read_text("utf-8") for p in generate.documents())
