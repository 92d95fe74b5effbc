"""Every room speaks Kyrgyz and Russian completely."""

import shutil
from collections import defaultdict

import pytest

from darbaza.config.catalogues import LANGUAGES
from tests.documentation import catalogues

each_catalogue = pytest.mark.parametrize(
    ("room", "language"),
    catalogues.PAIRS,
    ids=[f"{room.name}-{language}" for room, language in catalogues.PAIRS],
)


@each_catalogue
def test_no_word_is_missing_or_doubtful(room, language):
    found = catalogues.words(catalogues.read(catalogues.path_of(room, language)))
    wrong = [
        text
        for (_, text), message in found.items()
        if message.fuzzy or not all(catalogues.forms(message.string))
    ]
    assert wrong == []


@each_catalogue
def test_counts_have_all_the_forms_of_the_language(room, language):
    catalogue = catalogues.read(catalogues.path_of(room, language))
    wrong = [
        text
        for (_, text), message in catalogues.words(catalogue).items()
        if message.pluralizable
        and len(catalogues.forms(message.string)) != catalogue.num_plurals
    ]
    assert wrong == []


@each_catalogue
def test_places_for_names_and_figures_are_the_same_in_every_language(room, language):
    found = catalogues.words(catalogues.read(catalogues.path_of(room, language)))
    wrong = []
    for message in found.values():
        wanted = {n for f in catalogues.forms(message.id) for n in _places(f)}
        wrong += [
            form
            for form in catalogues.forms(message.string)
            if _places(form) - wanted
            or (not message.pluralizable and _places(form) != wanted)
        ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_word_has_one_translation_in_all_rooms(language):
    """Django makes one catalogue of all: of two translations, one is never shown."""
    said = defaultdict(set)
    for room, code in catalogues.PAIRS:
        if code == language:
            read = catalogues.read(catalogues.path_of(room, language))
            for key, message in catalogues.words(read).items():
                said[key].add(catalogues.forms(message.string))
    assert {key: found for key, found in said.items() if len(found) > 1} == {}


def _places(text: str) -> set[str]:
    return catalogues.placeholders(text)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs GNU gettext")
@pytest.mark.parametrize("room", catalogues.ROOMS, ids=lambda room: room.name)
def test_the_catalogues_hold_every_word_of_the_source(room, tmp_path):
    wanted = catalogues.extracted(room, tmp_path)
    missing = {
        language: sorted(wanted - _held(room, language))
        for language in LANGUAGES
        if wanted - _held(room, language)
    }
    assert missing == {}


def _held(room, language) -> set[catalogues.Key]:
    path = catalogues.path_of(room, language)
    return set(catalogues.words(catalogues.read(path))) if path.exists() else set()
