"""What a person can set, say or meet is written down in ``docs``."""

import re
from functools import cache

import pytest
from django.apps import apps
from django.core.management import get_commands

from darbaza.accounts.permissions import Permission, Role
from tests.architecture import house

DOCS = house.ROOT / "docs"
VARIABLE = re.compile(r"\b(DARBAZA_[A-Z_]+|DATABASE_URL)\b")
INTERNAL = {"DARBAZA_TEST_DATABASE"}


@cache
def book() -> str:
    """Return everything that is written for people, as one text."""
    files = [house.ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    return "\n".join(path.read_text("utf-8") for path in files)


def glossary() -> str:
    path = DOCS / "glossary.md"
    return path.read_text("utf-8") if path.exists() else ""


def variables() -> list[str]:
    """Return every variable of the environment that the product reads."""
    sources = [*house.modules(), house.ROOT / "run"]
    found = {v for p in sources for v in VARIABLE.findall(p.read_text("utf-8"))}
    return sorted(found - INTERNAL)


COMMANDS = sorted(
    name.replace("_", "-")
    for name, app in get_commands().items()
    if str(app).startswith("darbaza.")
)
MODELS = sorted(
    model.__name__
    for config in apps.get_app_configs()
    if config.name.startswith("darbaza.")
    for model in config.get_models()
)


@pytest.mark.parametrize("name", variables())
def test_every_setting_is_explained(name):
    assert f"`{name}`" in book()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(name):
    assert f"darbaza {name}" in book()


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_in_the_glossary(name):
    assert f"`{name}`" in glossary()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_in_the_glossary(role):
    assert f"`{role.value}`" in glossary()


def test_every_status_is_in_the_glossary():
    """Statuses are the choices of fields named status, sub-status or outcome."""
    wanted = {
        str(value)
        for config in apps.get_app_configs()
        if config.name.startswith("darbaza.")
        for model in config.get_models()
        for field in model._meta.fields
        if field.name in {"status", "sub_status", "substatus", "outcome"}
        for value, _ in field.flatchoices
    }
    assert sorted(v for v in wanted if v and f"`{v}`" not in glossary()) == []


def test_every_permission_is_listed():
    assert [p.value for p in Permission if f"`{p.value}`" not in book()] == []


def test_every_room_is_placed_in_the_architecture():
    path = DOCS / "architecture.md"
    text = path.read_text("utf-8") if path.exists() else ""
    assert [room for room in house.ROOMS if f"{room}/" not in text] == []


def test_every_link_inside_the_docs_leads_somewhere():
    link = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
    files = [house.ROOT / "README.md", *house.ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    broken = [
        f"{path.relative_to(house.ROOT)}: {target}"
        for path in files
        for target in link.findall(path.read_text("utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []
