"""What is committed names no registry, no computer and no secret."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture import house

LOCKS = sorted((house.ROOT / "requirements").glob("*.txt"))
# Put together from parts, so that this file does not find itself.
FOLDERS = "|".join(["ro" + "ot", "wo" + "rk", "ho" + "me/[a-z]"])
PLACES = re.compile(rf"(?<![\w.{{}}/-])/(?:{FOLDERS})/")
PIN = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)
INDEX = re.compile(r"^\s*(-i|--index-url|--extra-index-url|--find-links)", re.MULTILINE)
HASHES = re.compile(r"(?:\\\n\s+--hash=sha256:\S+ ?)+")
KEYS = re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY")


def pins(lock: Path) -> dict[str, set[str]]:
    """Return the versions of each package in a lock; some differ by Python."""
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall(lock.read_text()):
        found.setdefault(normal(name), set()).add(version)
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_a_lock_has_hashes_and_no_address(lock):
    text = lock.read_text()
    assert "://" not in text
    assert not INDEX.search(text)
    pinned = PIN.findall(text)
    assert len(pinned) > 10
    assert len(pinned) == len(HASHES.findall(text))


def test_the_locks_agree_where_they_name_the_same_package():
    first, *others = (pins(lock) for lock in LOCKS)
    for other in others:
        differ = {n for n in first.keys() & other.keys() if first[n] != other[n]}
        assert differ == set()


def test_every_direct_dependency_is_locked():
    project = tomllib.loads((house.ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {normal(re.split(r"[\[<>=]", line)[0]) for line in wanted}
    locked = {name for lock in LOCKS for name in pins(lock)}
    assert names - locked == set()


def test_every_dependency_says_why_it_is_there_and_its_licence():
    project = (house.ROOT / "pyproject.toml").read_text()
    project = project[project.index("dependencies = [") : project.index("[project.scr")]
    lines = [line for line in project.splitlines() if line.startswith('  "')]
    assert len(lines) > 40
    assert [line for line in lines if not re.search(r",\s*# \S+: \S", line)] == []


def test_the_front_end_lock_names_no_address():
    text = (house.ROOT / "package-lock.json").read_text()
    assert "://" not in text, "npm wrote addresses: make locks takes them out"
    lock = json.loads(text)
    packages = {name: p for name, p in lock["packages"].items() if name}
    assert packages
    assert [name for name, p in packages.items() if "resolved" in p] == []
    assert [name for name, p in packages.items() if "integrity" not in p] == []


def test_no_file_names_a_folder_of_one_computer_or_holds_a_key():
    wrong = [
        f"{path.relative_to(house.ROOT)}: {found.group()}"
        for path in house.tracked()
        for pattern in (PLACES, KEYS)
        if (found := pattern.search(path.read_text("utf-8", errors="replace")))
    ]
    assert wrong == []


def test_front_end_packages_are_installed_not_committed():
    names = [str(p.relative_to(house.ROOT)) for p in house.tracked()]
    assert [n for n in names if "node_modules/" in n or n.endswith(".min.js")] == []
