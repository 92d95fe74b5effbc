"""Find a name among up to 50,000 in memory: quick sieves, then the comparison."""

from bisect import bisect_left, insort
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from darbaza.persons.names import comparing, distance
from darbaza.persons.names.comparing import THRESHOLD, Reason
from darbaza.persons.names.folding import Folded, fold

Id = TypeVar("Id", bound=Hashable)
_SIEVE, _ALIKE, _BEGINNING = 60, 80, 400
_LOWEST = 0.3
#: A typed beginning scores between these two, by the share of the words typed.
_BEGUN, _BEGUN_WHOLE = 0.5, 0.9
#: Sounds that a next letter may change (s of sh, i of ia): not looked up at an end.
_UNFINISHED = "cdgikqstz"
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Hit(Generic[Id]):
    """One name found: its id, 0 to 1, and why."""

    id: Id
    score: float
    reasons: tuple[Reason, ...]

    @property
    def meant(self) -> bool:
        """Whether a list shows it to who searches: likely, or typed so far."""
        begun = any(reason.code == "begins_with" for reason in self.reasons)
        return begun or self.score >= THRESHOLD


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Id]):
    id: Id
    name: Folded


@dataclass(frozen=True, slots=True)
class _Shelf(Generic[Id]):
    """All names at one moment. Never changed once readers can see it."""

    entries: list[_Entry[Id]]
    cores: list[str | None]  # None where the name was removed
    words: list[tuple[str, int]]  # skeleton of each word and place, sorted
    places: dict[Id, int]


class Index(Generic[Id]):
    """Names with their ids, for reading by many threads while one writes.

    A reader works on one unchanging shelf; a writer puts a new one in its place.
    """

    def __init__(self, items: Iterable[tuple[Id, str]] = ()) -> None:
        """Take ``(id, name)`` pairs; of two with one id the later counts."""
        self._lock = Lock()
        self._shelf = _shelf(dict(items))

    def __len__(self) -> int:
        return len(self._shelf.places)

    def __contains__(self, id_: Id) -> bool:
        return id_ in self._shelf.places

    def add(self, id_: Id, text: str) -> None:
        """Add a name, or replace the one under this id."""
        with self._lock:
            self._shelf = _with(_without(self._shelf, id_), id_, text)

    update = add

    def remove(self, id_: Id) -> None:
        """Forget the name under an id; an unknown id is no error."""
        with self._lock:
            self._shelf = _without(self._shelf, id_)

    def search(self, query: str, limit: int = 20) -> list[Hit[Id]]:
        """Return the likeliest names, best first.

        A typed beginning is enough ("Асан Бак"); figures in the query are passed over.
        """
        wanted, shelf = fold(query), self._shelf
        if not wanted.tokens or limit < 1:
            return []
        alike = dict.fromkeys(_alike(wanted, shelf))
        begun = dict(_begun(wanted, shelf, enough=limit))
        hits = [_hit(wanted, shelf.entries[i], begun.pop(i, 0.0)) for i in alike]
        hits += [_beginning(wanted, shelf.entries[i], x) for i, x in begun.items()]
        hits = [hit for hit in hits if hit.score >= _LOWEST]
        hits.sort(key=lambda hit: -hit.score)
        return hits[:limit]


def _core(name: Folded, plan: int = 0) -> str:
    """Return surname and given name; a left-out patronymic must not matter."""
    chosen = name.plans[plan]
    found = [chosen.surname or chosen.father, chosen.given]
    return " ".join(part.stems[0] for part in found if part)


def _words(name: Folded) -> set[str]:
    return {distance.skeleton(token) for token in name.tokens}


def _shelf(names: dict[Id, str]) -> _Shelf[Id]:
    entries = [_Entry(id_, fold(text)) for id_, text in names.items()]
    folded = [entry.name for entry in entries]
    words = [(word, i) for i, name in enumerate(folded) for word in _words(name)]
    places = {id_: i for i, id_ in enumerate(names)}
    return _Shelf(entries, [_core(name) for name in folded], sorted(words), places)


def _with(old: _Shelf[Id], id_: Id, text: str) -> _Shelf[Id]:
    name, place = fold(text), len(old.entries)
    words = old.words.copy()
    for word in _words(name):
        insort(words, (word, place))
    return _Shelf(
        [*old.entries, _Entry(id_, name)],
        [*old.cores, _core(name)],
        words,
        {**old.places, id_: place},
    )


def _without(old: _Shelf[Id], id_: Id) -> _Shelf[Id]:
    place = old.places.get(id_)
    if place is None:
        return old
    places = {other: i for other, i in old.places.items() if other != id_}
    if len(old.entries) > 2 * len(places) + 100:
        kept = (old.entries[i] for i in places.values())
        return _shelf({entry.id: entry.name.text for entry in kept})
    cores = old.cores.copy()
    cores[place] = None
    words = [word for word in old.words if word[1] != place]
    return _Shelf(old.entries, cores, words, places)


def _alike(wanted: Folded, shelf: _Shelf[Id]) -> Iterator[int]:
    """Yield places whose surname and given name together look alike."""
    cores = dict.fromkeys(_core(wanted, i) for i in range(min(2, len(wanted.plans))))
    for core in cores:
        found = process.extract(
            core, shelf.cores, scorer=fuzz.ratio, score_cutoff=_SIEVE, limit=_ALIKE
        )
        yield from (place for _, _, place in found)


def _begun(
    wanted: Folded, shelf: _Shelf[Id], *, enough: int
) -> Iterator[tuple[int, float]]:
    """Yield places where every typed word begins a word, with the share typed."""
    whole = dict(_starting(wanted.tokens, shelf))
    yield from whole.items()
    if len(whole) < enough:
        # the last letter may be half of a sound
        loose = tuple(x.rstrip(_UNFINISHED) or x for x in wanted.tokens)
        if loose != wanted.tokens:
            found = _starting(loose, shelf)
            yield from ((i, share) for i, share in found if i not in whole)


def _starting(typed: tuple[str, ...], shelf: _Shelf[Id]) -> Iterator[tuple[int, float]]:
    common: set[int] | None = None
    for start in map(distance.skeleton, typed):
        first = bisect_left(shelf.words, (start, -1))
        last = bisect_left(shelf.words, (start + _LAST, -1))
        found = {place for _, place in shelf.words[first:last]}
        common = found if common is None else common & found
    for place in sorted(common or ())[:_BEGINNING]:
        share = _share(typed, shelf.entries[place].name.tokens)
        if share:
            yield place, min(1.0, share)


def _share(typed: tuple[str, ...], words: tuple[str, ...]) -> float:
    """Return which share of the words was typed, 0 if some word begins none."""
    left = list(words)
    for start in typed:
        near = [word for word in left if word.startswith(start)] or [
            word for word in left if distance.near(start, word[: len(start)])
        ]
        if not near:
            return 0.0
        left.remove(min(near, key=len))
    return sum(map(len, typed)) / max(1, sum(map(len, words)))


def _hit(wanted: Folded, entry: _Entry[Id], share: float) -> Hit[Id]:
    match = comparing.compare(wanted, entry.name)
    if share and match.score < _BEGUN_WHOLE:
        begun = _beginning(wanted, entry, share)
        if begun.score > match.score:
            return begun
    return Hit(entry.id, match.score, match.reasons)


def _beginning(wanted: Folded, entry: _Entry[Id], share: float) -> Hit[Id]:
    score = _BEGUN + (_BEGUN_WHOLE - _BEGUN) * share
    reason = Reason("begins_with", wanted.text, entry.name.text)
    return Hit(entry.id, score, (reason,))
