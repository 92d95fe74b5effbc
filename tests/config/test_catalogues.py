"""Catalogues are compiled once, and again when a word changed."""

import gettext
import os

import pytest

from darbaza.config import catalogues

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "gate"
msgstr "дарбаза"

#, fuzzy
msgid "window"
msgstr "эшик"
"""


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    path = tmp_path / "web" / "locale" / "ky" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    (tmp_path / "web" / "__init__.py").touch()
    path.write_text(PO, "utf-8")
    return path


def test_a_new_catalogue_is_compiled_without_its_doubtful_words(source):
    assert catalogues.compile_changed() == [source]
    with source.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("gate") == "дарбаза"
    assert words.gettext("window") == "window"


def test_a_catalogue_is_compiled_again_only_when_it_changed(source):
    catalogues.compile_changed()
    assert catalogues.compile_changed() == []

    later = source.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(source, ns=(later, later))
    assert catalogues.compile_changed() == [source]


def test_every_catalogue_stands_in_its_one_form(tmp_path):
    """So a change of words shows nothing but those words."""
    for source in catalogues.sources():
        language = source.parts[-3]
        copy = tmp_path / source.parts[-5] / language / "LC_MESSAGES" / source.name
        copy.parent.mkdir(parents=True)
        copy.write_bytes(source.read_bytes())
        catalogues.tidy(copy)
        assert copy.read_bytes() == source.read_bytes(), (
            f"run `make messages`: {source}"
        )
