"""Starts a new room (``make new-app NAME=parcels``) with its modules and its tests.

It writes what every room has and says what remains to be done by hand: a place in the
order is a decision, so no program takes it.
"""

import re
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
TESTS = PACKAGE.parents[1] / "tests"

FILES = {
    "__init__.py": '"""{title}."""\n',
    "apps.py": '''"""The room's place in Django."""

from django.apps import AppConfig


class {kind}(AppConfig):
    """{title}."""

    name = "darbaza.{name}"
    label = "{name}"
''',
    "types.py": '"""Facts and figures of {name}: plain Python."""\n',
    "events.py": '"""What the audit record calls the changes in {name}."""\n',
    "policies.py": '"""Rules of {name}: facts and a clock in, a decision out."""\n',
    "models.py": '"""Rows of {name} and what can never be true of them."""\n',
    "selectors.py": '"""Reading {name}, as far as the actor may see."""\n',
    "services.py": '"""Changing {name}: one use case a function."""\n',
    "texts.py": '"""What people read for each code of {name}."""\n',
    "urls.py": '''"""Addresses of {name}."""

app_name = "{name}"
urlpatterns: list[object] = []
''',
    "migrations/__init__.py": "",
    "locale/.gitkeep": "",
}
REMAINING = """\
Made: src/darbaza/{name} and tests/{name}. What remains, in this order:
  1. its place in .importlinter and CONTRIBUTING.md, with a record in docs/adr
  2. INSTALLED_APPS in config/settings/base.py; an address in config/urls.py
  3. its permissions in accounts/permissions.py, and who of the roles gets them
  4. models with constraints and sensitivity, their words in docs/glossary.md
  5. policies with table tests, then services with their four tests each"""


def make(name: str, *, package: Path = PACKAGE, tests: Path = TESTS) -> list[Path]:
    """Write the files of a new room; return them.

    Raises:
        ValueError: The name is no plain lower-case word.
        FileExistsError: There is such a room.
    """
    if not re.fullmatch(r"[a-z][a-z_]{2,30}", name):
        message = f"{name!r} is not a plain lower-case noun such as parcels"
        raise ValueError(message)
    room = package / name
    room.mkdir()
    title = name.replace("_", " ").title()
    words = {"name": name, "title": title, "kind": title.replace(" ", "")}
    made = []
    for file, text in FILES.items():
        path = room / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**words))
        made.append(path)
    (tests / name).mkdir(parents=True)
    test = tests / name / "test_policies.py"
    test.write_text(f'"""Rules of {name}, as tables."""\n')
    return [*made, test]


def main(words: list[str]) -> int:
    """Make the room that the command line names; return the exit code."""
    try:
        make(*words[:1])
    except (TypeError, ValueError, FileExistsError) as error:
        print(f"make new-app NAME=parcels: {error}", file=sys.stderr)  # noqa: T201
        return 2
    print(REMAINING.format(name=words[0]))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
