"""Translations of every room: extract the words, compile the catalogues.

``python -m darbaza.config.catalogues compile`` needs nothing but Babel and touches only
what changed. ``... extract`` needs GNU gettext and updates the .po files of all rooms;
it leaves each in one form, so that a change shows nothing but the words that changed.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGES = ("ky", "ru")
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def rooms() -> list[Path]:
    """Return the folders of all rooms, in order of name."""
    return sorted(p.parent for p in PACKAGE.glob("*/__init__.py"))


def sources() -> Iterator[Path]:
    """Yield every .po file of every room."""
    for room in rooms():
        yield from sorted(room.glob("locale/*/LC_MESSAGES/django.po"))


def compile_changed() -> list[Path]:
    """Compile every catalogue that is newer than its result; return those."""
    changed = []
    for source in sources():
        result = source.with_suffix(".mo")
        if result.exists() and result.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        language = source.parts[-3]
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language, domain="django")
        with result.open("wb") as file:
            write_mo(file, catalogue)
        changed.append(source)
    return changed


def tidy(source: Path) -> None:
    """Write a .po file in the one form: sorted by the English, no dates, no places."""
    language = source.parts[-3]
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language, domain="django")
    header = HEADER.format(language=language, plural_forms=catalogue.plural_forms)
    with source.open("wb") as file:
        file.write(header.encode())
        write_po(
            file, catalogue, width=0, no_location=True, omit_header=True,
            sort_output=True, ignore_obsolete=True,
        )  # fmt: skip


def extract(room: Path) -> None:
    """Bring the .po files of one room up to date with its source.

    Raises:
        subprocess.CalledProcessError: GNU gettext is missing or refused.
    """
    (room / "locale").mkdir(exist_ok=True)
    wanted = [word for code in LANGUAGES for word in ("--locale", code)]
    subprocess.run(
        [
            *(sys.executable, "-P", "-m", "django", "makemessages", *wanted),
            *("--no-obsolete", "--no-location", "--no-wrap", "--verbosity=0"),
            *("--ignore=front/*", "--ignore=static/*", "--ignore=templates/static/*"),
        ],
        cwd=room,
        check=True,
    )
    for source in room.glob("locale/*/LC_MESSAGES/django.po"):
        tidy(source)


def main(words: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    if words == ["compile"]:
        for source in compile_changed():
            print(f"    {source.relative_to(PACKAGE)}")  # noqa: T201
        return 0
    if words == ["extract"]:
        for room in rooms():
            extract(room)
        return 0
    print("say: compile, or: extract", file=sys.stderr)  # noqa: T201
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
