"""Names and numbers of every list in memory: some milliseconds for one person.

Each process keeps its own. A stamp in the database (the lists, how long they are kept,
how many files were loaded) tells whether it is still right.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from uuid import UUID

from django.db.models import Q, QuerySet

from darbaza.persons import names
from darbaza.watchlists import policies
from darbaza.watchlists.models import Entry, Version, WatchList
from darbaza.watchlists.types import Compared, Listed, Someone

NEAREST = 40
"""So many names of the lists are compared with each spelling of a person."""
Key = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that a person is like."""

    entry_id: UUID
    list_id: UUID
    listed: Listed
    compared: Compared
    pair: str


@dataclass(slots=True)
class _Shelf:
    stamp: object = None
    entries: dict[UUID, tuple[UUID, Listed]] = field(default_factory=dict)
    spellings: names.Index[Key] = field(default_factory=names.Index)
    papers: dict[str, set[UUID]] = field(default_factory=dict)
    numbers: dict[str, set[UUID]] = field(default_factory=dict)


_shelf = _Shelf()
_lock = Lock()


def find(one: Someone, *, on: date) -> list[Found]:
    """Return the entries in force that a person is like, likeliest first."""
    shelf = _fresh(on)
    found = []
    for key in _candidates(one, shelf):
        list_id, listed = shelf.entries[key]
        if listed.reference == str(one.id):
            continue  # the banned person's own record: the ban itself holds there
        compared = policies.compared(one, listed)
        if compared is not None:
            pair = policies.pair(one, listed, compared)
            found.append(Found(key, list_id, listed, compared, pair))
    return sorted(found, key=lambda one: -one.compared.score)


def in_force(on: date) -> "QuerySet[WatchList]":
    """Return the lists that people are compared with on a day."""
    kept = Q(kept_until=None) | Q(kept_until__gt=on)
    return WatchList.objects.filter(kept, erased_at=None)


def _candidates(one: Someone, shelf: _Shelf) -> set[UUID]:
    found: set[UUID] = set()
    for number in one.numbers:
        found |= shelf.papers.get(number, set())
    if one.personal_number:
        found |= shelf.numbers.get(one.personal_number, set())
    for text in one.names:
        found |= {hit.id[0] for hit in shelf.spellings.search(text, NEAREST)}
    return found


def _fresh(on: date) -> _Shelf:
    global _shelf  # noqa: PLW0603 - readers keep the old shelf while a new one is made
    stamp = _stamp(on)
    if _shelf.stamp != stamp:
        with _lock:
            if _shelf.stamp != stamp:
                _shelf = _read(on, stamp)
    return _shelf


def _stamp(on: date) -> object:
    lists = tuple(in_force(on).order_by("pk").values_list("pk", flat=True))
    return lists, Version.objects.filter(status="loaded", watchlist__in=lists).count()


def _read(on: date, stamp: object) -> _Shelf:
    entries = {
        row.pk: (row.watchlist_id, row.listed)
        for row in Entry.objects.filter(watchlist__in=in_force(on), closed_at=None)
    }
    able = {key: one for key, one in entries.items() if one[1].can_be_found}
    papers: dict[str, set[UUID]] = defaultdict(set)
    numbers: dict[str, set[UUID]] = defaultdict(set)
    for key, (_list, listed) in able.items():
        for paper in listed.papers:
            papers[paper.number].add(key)
        if listed.personal_number:
            numbers[listed.personal_number].add(key)
    spellings = names.Index(_spellings(able))
    return _Shelf(stamp, able, spellings, dict(papers), dict(numbers))


def _spellings(
    entries: dict[UUID, tuple[UUID, Listed]],
) -> Iterator[tuple[Key, str]]:
    for key, (_list, listed) in entries.items():
        for place, text in enumerate(listed.names):
            yield (key, place), text
