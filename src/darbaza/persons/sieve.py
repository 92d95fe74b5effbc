"""The indexed sieve: a few look-ups by sound and birth date, each with its limit.

Every query is an equality or a prefix range on an index and stops at its limit, so
the cost is the same among ten thousand and a million people.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from rapidfuzz import fuzz

from darbaza.kernel.db import PreparedObjects
from darbaza.persons import names, slips
from darbaza.persons.models import Person

_END = "\uffff"
_EXACT, _NEAR = 60, 40
_KEY_LENGTH = 80


def keys(surname: str, rest: str) -> tuple[str, str, str]:
    """Return the columns ``key``, ``surname_key`` and ``given_key`` of a name.

    A name in a script without sounds of ours is its own key, so it can be found too.
    """
    folded = names.fold(", ".join(part for part in (surname, rest) if part))
    plain = folded.text.casefold().replace(",", "")
    sound = folded.surname_key, folded.given_key
    if not any(sound):
        sound = surname.casefold() or plain, ""
    return (folded.key or plain)[:240], sound[0][:_KEY_LENGTH], sound[1][:_KEY_LENGTH]


def near(text: str, *, besides: set[UUID]) -> list[Person]:
    """Return more records whose keys come near this name, slips and all.

    For a name of two parts; ``besides`` are those looked at already.
    """
    found = slips.alike(_readings(text), names.fold(text).key)
    wanted = [pk for pk in found if pk not in besides]
    return list(Person.objects.filter(pk__in=wanted)) if wanted else []


def candidates(text: str, birth_on: date | None, *, limit: int) -> list[Person]:
    """Return at most ``limit`` records that may bear this name."""
    found: dict[object, Person] = {}
    for rows in _lookups(text, birth_on):
        for row in rows:
            found.setdefault(row.pk, row)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def likeliest(
    key: str, rows: list[Person], birth_on: date | None, *, limit: int
) -> list[Person]:
    """Return the ``limit`` records whose sound keys come nearest to ``key``.

    Those born on the wanted day come first whatever their sound.
    """
    if len(rows) <= limit:
        return rows

    def nearness(row: Person) -> float:
        born = 100.0 if birth_on and row.birth_on == birth_on else 0.0
        return born + fuzz.token_set_ratio(key, row.key)

    return sorted(rows, key=nearness, reverse=True)[:limit]


def _lookups(text: str, birth_on: date | None) -> Iterator[list[Person]]:
    pairs = _readings(text)
    if birth_on:
        sounds = {key for pair in pairs for key in pair if key}
        yield _born_sounding.all(birth_on=birth_on, sounds=sounds)
        yield _born.all(birth_on=birth_on)
    for surname, given in pairs:
        yield _both.all(surname=surname, given=given)
    for surname, given in pairs:
        if surname and given:
            yield _given.all(given=given, **_range(surname[:2]))
            yield _surname.all(surname=surname, **_range(given[:1]))
        else:
            word = _range(surname or given)
            yield _surname_begins.all(**word)
            yield _given_begins.all(**word)


def _readings(text: str) -> list[tuple[str, str]]:
    """Return pairs of surname and given key: as understood, as typed, turned round."""
    words = names.clean(text).replace(",", " ").split()
    texts = [("", text)]
    if len(words) > 1:
        texts += [(words[0], " ".join(words[1:])), (words[-1], " ".join(words[:-1]))]
    pairs = [keys(surname, rest)[1:] for surname, rest in texts]
    return [pair for pair in dict.fromkeys(pairs) if any(pair)]


def _range(prefix: str) -> dict[str, str]:
    # A range instead of LIKE: SQLite cannot use an index for LIKE, and PostgreSQL
    # only with a collation of its own.
    return {"low": prefix, "high": prefix + _END}


def _look(limit: int, **conditions: str) -> PreparedObjects[Person]:
    """Return a prepared look-up: conditions of the ORM, each with its value's name."""

    def build(**values: object) -> QuerySet[Person]:
        wanted = {column: values[name] for column, name in conditions.items()}
        return Person.objects.filter(**wanted)[:limit]

    return PreparedObjects(build)


_SURNAME = {"surname_key__gte": "low", "surname_key__lt": "high"}
_GIVEN = {"given_key__gte": "low", "given_key__lt": "high"}
_born_sounding = _look(_EXACT, birth_on="birth_on", surname_key__in="sounds")
_born = _look(_EXACT, birth_on="birth_on")
_both = _look(_EXACT, surname_key="surname", given_key="given")
_given = _look(_NEAR, given_key="given", **_SURNAME)
_surname = _look(_NEAR, surname_key="surname", **_GIVEN)
_surname_begins = _look(_NEAR, **_SURNAME)
_given_begins = _look(_NEAR, **_GIVEN)
