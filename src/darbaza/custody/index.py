"""Names of the prisoners of one institution, in memory, for search as one types.

Every process keeps its own; a stamp in the database (how many files, and the sum of
their stamps) tells whether it is still right. Only what changed is read again.
"""

from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from darbaza.custody.models import Prisoner
from darbaza.persons import names

Stamp = tuple[int, int]
_PARTS = (
    "surname",
    "given_names",
    "patronymic",
    "surname_latin",
    "given_names_latin",
)


@dataclass(slots=True)
class _Shelf:
    """One institution's files of one status."""

    stamp: Stamp = (0, 0)
    stamps: dict[UUID, int] = field(default_factory=dict)
    numbers: dict[UUID, str] = field(default_factory=dict)
    people: names.Index[UUID] = field(default_factory=names.Index)


_shelves: dict[tuple[UUID, str], _Shelf] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Found:
    """One file found: how well, and why (codes)."""

    prisoner_id: UUID
    score: float
    reasons: tuple[str, ...]


def find(text: str, institution_id: UUID, *, status: str, limit: int) -> list[Found]:
    """Return the likeliest files by number or by name in any script, best first."""
    shelf = _fresh(institution_id, status)
    found = _by_number(shelf, text)[:limit]
    seen = {hit.prisoner_id for hit in found}
    for hit in shelf.people.search(text, limit):
        if hit.id not in seen:
            codes = tuple(reason.code for reason in hit.reasons)
            found.append(Found(hit.id, hit.score, codes))
    return found[:limit]


def forget() -> None:
    """Empty every shelf (tests use other databases in one process)."""
    with _lock:
        _shelves.clear()


def _by_number(shelf: _Shelf, text: str) -> list[Found]:
    wanted = "".join(text.split()).upper()
    if not any(letter.isdigit() for letter in wanted):
        return []
    hits = [
        Found(key, 1.0 if number == wanted else len(wanted) / len(number), ("number",))
        for key, number in shelf.numbers.items()
        if wanted in number
    ]
    return sorted(hits, key=lambda hit: -hit.score)


def _fresh(institution_id: UUID, status: str) -> _Shelf:
    rows = Prisoner.objects.filter(institution_id=institution_id, status=status)
    sums = rows.aggregate(count=Count("*"), stamps=Sum("stamp"))
    stamp = (sums["count"], sums["stamps"] or 0)
    key = (institution_id, status)
    shelf = _shelves.get(key)
    if shelf is not None and shelf.stamp == stamp:
        return shelf
    with _lock:
        shelf = _shelves.setdefault(key, _Shelf())
        if shelf.stamp != stamp:
            _read(shelf, rows)
            shelf.stamp = stamp
    return shelf


def _read(shelf: _Shelf, rows: "QuerySet[Prisoner]") -> None:
    stamps = dict(rows.values_list("pk", "stamp"))
    for key in shelf.stamps.keys() - stamps.keys():
        shelf.people.remove(key)
        shelf.numbers.pop(key, None)
    changed = {k for k, v in stamps.items() if shelf.stamps.get(k) != v}
    fresh = _names(rows, changed if len(changed) < 200 else None)
    if len(changed) < 200:
        for key, (name, number) in fresh.items():
            shelf.people.add(key, name)
            shelf.numbers[key] = number
    else:
        shelf.people = names.Index((key, name) for key, (name, _) in fresh.items())
        shelf.numbers = {key: number for key, (_, number) in fresh.items()}
    shelf.stamps = stamps


def _names(
    rows: "QuerySet[Prisoner]", only: set[UUID] | None
) -> dict[UUID, tuple[str, str]]:
    if only is not None:
        rows = rows.filter(pk__in=only)
    values = rows.values_list("pk", "number", *(f"person__{c}" for c in _PARTS))
    return {key: (_name(*parts), number) for key, number, *parts in values}


def _name(surname: str, given: str, father: str, *latin: str) -> str:
    if not surname and not given:
        surname, given = latin
    rest = " ".join(part for part in (given, father) if part)
    return ", ".join(part for part in (surname, rest) if part)
