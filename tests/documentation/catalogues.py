"""What the tests of translations look at: catalogues, and words taken out anew."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from darbaza.config.catalogues import LANGUAGES, rooms

NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
Key = tuple[str, str]


def read(path: Path) -> Catalog:
    """Read one .po file; complaints are errors."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def words(catalogue: Catalog) -> dict[Key, Message]:
    """Return the messages of a catalogue by context and English text."""
    found = {}
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if text:
            found[message.context or "", text] = message
    return found


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return a message's one form, or its several for a count."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    """Return the names that a text has places for."""
    return {a or f"{{{b}}}" for a, b in NAMED.findall(text)}


def path_of(room: Path, language: str) -> Path:
    """Return where a room keeps its words in one language."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def extracted(room: Path, folder: Path) -> set[Key]:
    """Take the words of a room out of its source anew, in a copy."""
    copy = folder / room.name
    ignore = shutil.ignore_patterns("locale", "static", "front", "__pycache__")
    shutil.copytree(room, copy, ignore=ignore)
    (copy / "locale").mkdir()
    # -P: a room has a `types.py`, which must not stand before Python's own.
    python = [sys.executable, "-P", "-m", "django"]
    command = [*python, "makemessages", "--verbosity=0"]
    subprocess.run([*command, "--locale", LANGUAGES[0]], cwd=copy, check=True)
    made = path_of(copy, LANGUAGES[0])
    if not made.exists():
        return set()
    with made.open("rb") as file:  # not yet translated: its plural forms may differ
        return set(words(read_po(file, locale=LANGUAGES[0])))


ROOMS = [room for room in rooms() if room.name not in {"config", "kernel"}]
PAIRS = [
    (room, language)
    for room in ROOMS
    for language in LANGUAGES
    if path_of(room, language).exists()
]
