"""Every page of every role: it answers, it is whole, everybody can use it."""

from collections.abc import Iterator
from typing import Any

import pytest

from darbaza.demo import users
from tests.browser import walking

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLES = [user.username for user in users.offered()]
OTHER_LANGUAGES = ("ru", "en")


@pytest.fixture(scope="module")
def looked_at() -> dict[str, tuple[str, str]]:
    """Kinds of pages that were looked at hard, with whose page and which."""
    return {}


@pytest.fixture
def walk(chromium: Any, demonstration: str) -> Iterator[walking.Walk]:
    """Somebody with a fresh browser."""
    context = chromium.new_context(viewport=walking.WIDE, locale="ky")
    page = context.new_page()
    walker = walking.Walk(page, demonstration, "ky")
    walking.watch(page, lambda: walker.console)
    yield walker
    context.close()


@pytest.mark.parametrize("username", ROLES)
def test_every_page_that_a_role_can_reach(
    walk: walking.Walk, looked_at: dict[str, tuple[str, str]], username: str
) -> None:
    walk.be(username)
    count = 0
    for kind, path in walk.reachable():
        count += 1
        walk.look(path)
        if kind in looked_at:
            continue
        looked_at[kind] = (username, path)
        walk.accessible(path, "light")
        walk.accessible(path, "dark")
        walk.measure(path, walking.NARROW)
        walk.page.set_viewport_size(walking.WIDE)

    assert walk.wrong == []
    assert count > 8


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_kind_of_page_in_the_other_languages(
    walk: walking.Walk, looked_at: dict[str, tuple[str, str]], language: str
) -> None:
    whose: dict[str, list[str]] = {}
    for username, path in looked_at.values():
        whose.setdefault(username, []).append(path)
    if not whose:
        pytest.skip("the walk through the roles comes first")
    for username, paths in whose.items():
        walk.be(username)
        walk.speak(language)
        for path in paths:
            walk.page.set_viewport_size(walking.NARROW)
            walk.open(path)
            walk.look(path)
            walk.measure(path, walking.NARROW)

    assert walk.wrong == []


def test_pages_before_anybody_is_signed_in(walk: walking.Walk) -> None:
    for path in ("/account/login/", "/try-it/", "/privacy/", "/no-such-page/"):
        walk.page.context.clear_cookies()
        walk.open("/try-it/")
        for language in ("ky", *OTHER_LANGUAGES):
            walk.speak(language)
            walk.open(path)
            walk.look(path)
            walk.measure(path, walking.NARROW)
            walk.page.set_viewport_size(walking.WIDE)
        walk.accessible(path, "light")
        walk.accessible(path, "dark")

    assert walk.wrong == []
