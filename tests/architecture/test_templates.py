"""Templates of a room are its own; what is shared lives in ``pages``."""

import re

import pytest

from tests.architecture import house

USES = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)")
SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
)
STYLE = re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.IGNORECASE)
PAGES = {str(p.relative_to(house.PACKAGE)): p for p in house.templates()}
# Templates of packages that we replace keep the names of those packages.
FOREIGN = ("account/", "mfa/", "usersessions/", "allauth/", "django/", "pages/")


def short(name: str) -> str:
    return name.split("/templates/", 1)[1]


@pytest.mark.parametrize("name", PAGES)
def test_a_template_uses_only_its_rooms_and_the_shared_ones(name):
    room = name.split("/")[0]
    used = USES.findall(PAGES[name].read_text("utf-8"))
    allowed = (f"{room}/", *FOREIGN)
    assert [other for other in used if not other.startswith(allowed)] == []


@pytest.mark.parametrize("name", [n for n in PAGES if "/_" in n])
def test_an_include_begins_by_saying_what_it_needs(name):
    text = PAGES[name].read_text("utf-8")
    without_loads = re.sub(r"^(\s*{%\s*load [^%]+%})+", "", text).lstrip()
    assert re.match(r"{#|{% comment %}", without_loads), "no comment at the start"
    assert "needs" in without_loads[:400]


def test_what_is_included_starts_with_an_underscore():
    include = re.compile(r"{%\s*include\s+[\"']([^\"'#]+)")
    wrong = [
        f"{name} includes {other}"
        for name, path in PAGES.items()
        for other in include.findall(path.read_text("utf-8"))
        if not other.rsplit("/", 1)[-1].startswith("_")
        and not other.startswith(("django/", "pages/forms/"))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_no_template_carries_script_or_style(name):
    text = PAGES[name].read_text("utf-8")
    assert SCRIPT.findall(text) == []
    assert STYLE.findall(text) == []


def test_every_template_lives_under_the_name_of_its_room():
    wrong = [
        name
        for name in PAGES
        if not short(name).startswith((name.split("/")[0] + "/", *FOREIGN))
    ]
    assert [name for name in wrong if "/" in short(name)] == []
