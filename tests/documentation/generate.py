"""Writes the parts of ``docs`` that only repeat what the code says.

A document holds such a part between two comments::

    <!-- made by make docs: commands -->
    ...
    <!-- end -->

``python -m tests.documentation.generate`` (``make docs``) writes all of them anew; a
test fails where one is out of date. Everything else in ``docs`` is written by hand.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

DOCS = Path(__file__).resolve().parents[2] / "docs"
PART = re.compile(
    r"(<!-- made by make docs: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL
)
LANGUAGES = ("ky", "ru", "en")
NAMED = re.compile(r"%\((\w+)\)[sd]")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    names = list(heads)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "\\|").split())


class Figure(int):
    """A figure that is not known here: two for the grammar, its name for the reader."""

    name = ""

    def __str__(self) -> str:
        return f"{{{self.name}}}"


def _said(words: Any) -> str:
    """Return a text with its figures' names; a plural as it is said of two."""
    with suppress(TypeError, ValueError, KeyError):  # a plural waits for its number
        if text := str(words):
            return text
    figures: dict[str, Figure] = {}
    for _try in range(12):
        try:
            return str(words % figures)
        except KeyError as missing:
            # Django says it in a sentence: Your dictionary lacks key 'count'. ...
            name = re.findall(r"'(\w+)'|^(\w+)$", str(missing.args[0]))[0]
            name = "".join(name)
            figures[name] = Figure(2)
            figures[name].name = name
    return "–"


def each_language(words: Any) -> list[str]:
    """Return a lazy text in Kyrgyz, Russian and English."""
    from django.utils import translation  # noqa: PLC0415 - after Django is set up

    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(NAMED.sub(r"{\1}", _said(words)))
    return found


# Commands -----------------------------------------------------------------------------


def commands() -> str:
    """Return every command with what it takes, from its own help."""
    from django.core.management import (  # noqa: PLC0415
        BaseCommand,
        get_commands,
        load_command_class,
    )

    base = BaseCommand().create_parser("darbaza", "x")
    common = {a.dest for a in base._actions} - {"help"}
    parts = []
    for name, app in sorted(get_commands().items()):
        if not str(app).startswith("darbaza."):
            continue
        parser = load_command_class(str(app), name).create_parser("darbaza", name)
        parts.append(_command(name.replace("_", "-"), parser, common))
    return "\n".join(parts)


def _command(
    name: str, parser: argparse.ArgumentParser, common: set[str]
) -> str:  # fmt: skip
    words = [f"## darbaza {name}\n\n{parser.description}\n"]
    rows = []
    for action in _own(parser, common):
        if isinstance(action, argparse._SubParsersAction):
            for sub, inner in action.choices.items():
                rows.append([f"`{sub}`", inner.description or _sub_help(action, sub)])
                rows += [_option(a) for a in _own(inner, common)]
        else:
            rows.append(_option(action))
    if rows:
        words.append(table(["argument", "what it does"], rows))
    return "\n".join(words)


def _sub_help(action: Any, name: str) -> str:
    """Return the one line that the parser above says of a sub-command."""
    return next((a.help or "" for a in action._choices_actions if a.dest == name), "")


def _own(
    parser: argparse.ArgumentParser, common: set[str]
) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if action.dest not in common | {"help"}:
            yield action


def _option(action: argparse.Action) -> list[str]:
    name = str(action.metavar or action.dest).upper()
    if not action.option_strings:
        return [f"`{name}`", _help(action)]
    takes = "" if action.nargs == 0 else f" {'|'.join(_choices(action)) or name}"
    return [f"`{action.option_strings[-1]}{takes}`", _help(action)]


def _choices(action: argparse.Action) -> list[str]:
    return [str(c) for c in action.choices or ()]


def _help(action: argparse.Action) -> str:
    plain = action.default in (None, "", False, [], argparse.SUPPRESS)
    usual = "" if plain or "/" in str(action.default) else f"usual: {action.default}"
    chosen = (
        f"one of {', '.join(_choices(action))}" if not action.option_strings else ""
    )
    said = [action.help or "", chosen if action.choices else "", usual]
    words = "; ".join(w for w in said if w)
    return words + (
        "; must be given" if action.required and action.option_strings else ""
    )


# Models -------------------------------------------------------------------------------


def models() -> list[Any]:
    """Return every model of the product, in the order of the rooms."""
    from django.apps import apps  # noqa: PLC0415

    rooms = [c for c in apps.get_app_configs() if c.name.startswith("darbaza.")]
    return [m for c in reversed(rooms) for m in c.get_models()]


def privacy() -> str:
    """Return each model with its fields by sensitivity."""
    parts, room = [], ""
    for model in models():
        if model._meta.app_label != room:
            room = model._meta.app_label
            parts.append(f"\n### {room}\n")
        parts.append(f"\n**{model.__name__}**: {_first_line(model)}\n\n")
        rows = []
        for level in ("personal", "special", "secret", "public"):
            names = getattr(model.Sensitivity, level, ())
            if names:
                rows.append([level, ", ".join(f"`{n}`" for n in names)])
        parts.append(table(["level", "fields"], rows))
    return "".join(parts).lstrip("\n")


def _first_line(model: Any) -> str:
    return str(model.__doc__ or "").strip().splitlines()[0]


def words() -> str:
    """Return every fixed value of every field in three languages."""
    parts = []
    for model in models():
        for field in model._meta.fields:
            if not field.choices or field.name in {"language", "role"}:
                continue
            rows = [
                [f"`{value}`", *each_language(said)]
                for value, said in field.flatchoices
                if value not in ("", None)
            ]
            parts.append(f"### `{model.__name__}.{field.name}`\n\n")
            parts.append(table(["code", "Kyrgyz", "Russian", "English"], rows) + "\n")
    return "".join(parts)


def reasons() -> str:
    """Return every reason that a person may read, in three languages."""
    from darbaza.pages import grounds  # noqa: PLC0415

    rows = [
        [f"`{code}`", *each_language(text.officer)]
        for code, text in sorted(grounds.known().items())
    ]
    return table(["code", "Kyrgyz", "Russian", "English"], rows)


def roles() -> str:
    """Return the roles in three languages."""
    from darbaza.accounts import texts  # noqa: PLC0415

    rows = [[f"`{r.value}`", *each_language(said)] for r, said in texts.ROLES.items()]
    return table(["code", "Kyrgyz", "Russian", "English"], rows)


def permissions() -> str:
    """Return who may do what."""
    from darbaza.accounts.permissions import ROLES, Permission  # noqa: PLC0415

    heads = ["permission", *(role.value.replace("_", " ") for role in ROLES)]
    rows = [
        [f"`{p.value}`", *("yes" if p in may else "" for may in ROLES.values())]
        for p in Permission
    ]
    return table(heads, rows)


def rules() -> str:
    """Return the shipped rules with basis and source."""
    path = DOCS.parent / "src" / "darbaza" / "entitlements" / "data" / "rules.yml"
    rows = [
        [
            f"`{row['code']}`",
            row["name"]["en"],
            row["jurisdiction"],
            row["legal_basis"],
            row["source"],
            f"{row['valid_from']:%d.%m.%Y}"
            + (f" to {row['valid_to']:%d.%m.%Y}" if row.get("valid_to") else ""),
        ]
        for row in yaml.safe_load(path.read_text("utf-8"))
    ]
    heads = ["code", "rule", "law of", "legal basis", "where it was read", "row from"]
    return table(heads, rows)


MAKERS: dict[str, Callable[[], str]] = {
    "commands": commands,
    "privacy": privacy,
    "words": words,
    "reasons": reasons,
    "roles": roles,
    "permissions": permissions,
    "rules": rules,
}


def current(text: str) -> str:
    """Return a document with its made parts as they should be now."""

    def made(found: re.Match[str]) -> str:
        return f"{found[1]}\n{MAKERS[found[2]]().strip()}\n\n{found[4]}"

    return PART.sub(made, text)


def documents() -> list[Path]:
    """Return the documents that have such parts."""
    return [p for p in sorted(DOCS.rglob("*.md")) if PART.search(p.read_text("utf-8"))]


def main() -> int:
    """Write every part anew; say which documents changed."""
    for path in documents():
        before = path.read_text("utf-8")
        after = current(before)
        if after != before:
            path.write_text(after, "utf-8")
            sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")
    return 0


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "darbaza.config.settings.test")
    django.setup()
    sys.exit(main())
