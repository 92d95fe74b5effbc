"""What a row must say, cell by cell and taken together. Facts in, problems out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from darbaza.custody.imports.columns import KINDS, plain
from darbaza.custody.imports.types import Field, Problem, Values, Words
from darbaza.pages import parsing

Found = tuple[dict[str, Any], tuple[Problem, ...]]
OLDEST = date(1900, 1, 1)
_IDENTIFYING = ("birth_on", "document_number", "personal_number")


def read(kind: str, cells: Mapping[str, str], *, words: Words, today: date) -> Found:
    """Return the values of a row and every problem in it; empty cells are left out."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in KINDS[kind]:
        text = cells.get(field.name, "")
        if not text:
            if field.required:
                problems.append(Problem("cell_missing", {"column": field.name}))
            continue
        try:
            values[field.name] = _value(field, text, words, today)
        except ValueError as error:
            figures = {"column": field.name, "value": text[:60]} | _more(field)
            problems.append(Problem(str(error), figures))
    if not problems:
        problems += RULES[kind](values)
    return values, tuple(problems)


def _more(field: Field) -> dict[str, Any]:
    return {"most": field.length} if field.reads in ("text", "name") else {}


def _value(field: Field, text: str, words: Words, today: date) -> Any:
    if field.reads in ("date", "day_past"):
        return _day(text, today, past=field.reads == "day_past")
    if field.reads in ("text", "name"):
        if len(text) > field.length:
            raise ValueError("cell_too_long")
        if field.reads == "name" and not any(c.isalpha() for c in text):
            raise ValueError("cell_no_name")
        return text
    if field.reads == "role":
        return _roles(text, words)
    return _word(field.reads, text, words)


def _day(text: str, today: date, *, past: bool) -> date:
    try:
        day = parsing.day(text.removesuffix(" 00:00:00"), today=today)
    except ValueError:
        raise ValueError("cell_no_date") from None
    if day < OLDEST or day.year > today.year + 100:
        raise ValueError("cell_no_date")
    if past and day > today:
        raise ValueError("cell_in_future")
    return day


def _word(reads: str, text: str, words: Words) -> str:
    code = words[reads].get(plain(text))
    if code is None:
        raise ValueError("cell_unknown_word")
    return code


def _roles(text: str, words: Words) -> tuple[str, ...]:
    names = [part for part in text.replace(";", ",").split(",") if part.strip()]
    return tuple(sorted({_word("role", name, words) for name in names}))


def _prisoners(values: Values) -> Sequence[Problem]:
    ends_on = values.get("term_ends_on")
    if ends_on and ends_on < values["admitted_on"]:
        return [Problem("term_ends_before_admission", {"column": "term_ends_on"})]
    return _person(values)


def _contacts(values: Values) -> Sequence[Problem]:
    return [*_person(values), *_identifiable(values)]


def _bans(values: Values) -> Sequence[Problem]:
    last_on = values.get("last_on")
    if last_on and last_on < values["starts_on"]:
        return [Problem("ends_before_start", {"column": "last_on"})]
    named = "surname" in values or "given_names" in values
    if not named and "prisoner_number" not in values:
        return [Problem("ban_on_nobody", {"column": "surname"})]
    return [*_person(values), *(_identifiable(values) if named else ())]


def _users(values: Values) -> Sequence[Problem]:
    if any(c.isspace() for c in values["username"]):
        return [Problem("username_unusable", {"column": "username"})]
    return []


def _person(values: Values) -> list[Problem]:
    number = "".join(values.get("personal_number", "").split())
    if number and not (len(number) == 14 and number.isdigit()):
        return [Problem("personal_number_shape", {"column": "personal_number"})]
    return []


def _identifiable(values: Values) -> list[Problem]:
    """Ask for more than a name: many people share one."""
    if any(values.get(name) for name in _IDENTIFYING):
        return []
    return [Problem("person_only_named", {"column": "birth_on"})]


RULES: Mapping[str, Callable[[Values], Sequence[Problem]]] = {
    "prisoners": _prisoners,
    "contacts": _contacts,
    "bans": _bans,
    "users": _users,
}
