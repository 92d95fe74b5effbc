"""Every page of every role: it answers, it is whole, everybody can use it."""

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from darbaza.demo import users
from tests.browser import walking

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LANGUAGES = ("ky", "ru", "en")
AT_THE_GATE = ("gate_officer", "shift_supervisor", "registrar")
ROOMS_AT_THE_GATE = {"gate", "visits", "persons", "custody"}
"""Rooms whose pages the first half looks hard at; the other half, at all others."""


def _one_of_each() -> dict[str, list[str]]:
    """Somebody of each role, in two halves that take about as long as each other."""
    first = {user.role.value: user.username for user in reversed(users.offered())}
    halves: dict[str, list[str]] = {"gate": [], "house": []}
    for role, username in first.items():
        halves["gate" if role in AT_THE_GATE else "house"].append(username)
    return halves


HALVES = _one_of_each()


@pytest.fixture
def walk(chromium: Any, demonstration: str) -> Iterator[walking.Walk]:
    """Somebody with a fresh browser."""
    context = chromium.new_context(
        viewport=walking.WIDE, locale="ky", reduced_motion="reduce"
    )
    page = context.new_page()
    walker = walking.Walk(page, demonstration, "ky")
    walking.watch(page, walker)
    yield walker
    context.close()


@pytest.mark.parametrize("half", HALVES)
def test_every_page_that_a_role_can_reach_in_three_languages(
    walk: walking.Walk, half: str
) -> None:
    """Each role walks in a language of its own; a new kind of page is seen in all."""
    looked_at: set[str] = set()
    for n, username in enumerate(HALVES[half]):
        walk.language = LANGUAGES[n % 3]
        walk.be(username)
        new, count = _through(walk, looked_at, half)
        assert count > 8, username
        for language in LANGUAGES:
            if language != walk.language:
                _in_language(walk, language, new)

    assert walk.wrong == []


def _through(
    walk: walking.Walk, looked_at: set[str], half: str
) -> tuple[list[str], int]:
    """Open one page of each kind; look hard at those that nobody had before."""
    new, count = [], 0
    for kind, path in walk.reachable(looked_at):
        count += 1
        own = (kind.split(":")[0] in ROOMS_AT_THE_GATE) == (half == "gate")
        if kind in looked_at:
            continue
        looked_at.add(kind)
        if own:
            new.append(path)
            walk.accessible(path, "light")
            walk.accessible(path, "dark")
            walk.measure(path, walking.WIDE)
            walk.measure(path, walking.NARROW)
            walk.page.set_viewport_size(walking.WIDE)
    return new, count


def _in_language(walk: walking.Walk, language: str, paths: list[str]) -> None:
    walk.open("/")
    walk.speak(language)
    walk.page.set_viewport_size(walking.NARROW)
    for path in paths:
        walk.open(path)
        walk.look(path)
        walk.measure(path, walking.NARROW)
    walk.page.set_viewport_size(walking.WIDE)


def test_pages_before_anybody_is_signed_in(walk: walking.Walk) -> None:
    for path in ("/account/login/", "/try-it/", "/privacy/", "/no-such-page/"):
        walk.page.context.clear_cookies()
        walk.open("/try-it/")
        for language in LANGUAGES:
            walk.speak(language)
            walk.open(path)
            walk.look(path)
            walk.measure(path, walking.NARROW)
            walk.page.set_viewport_size(walking.WIDE)
        walk.accessible(path, "light")
        walk.accessible(path, "dark")

    assert walk.wrong == []
