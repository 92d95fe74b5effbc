"""Find a name among up to 50,000 in memory: a quick sieve, then the comparison."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from darbaza.persons.names import comparing
from darbaza.persons.names.comparing import Reason
from darbaza.persons.names.folding import Folded, fold

Id = TypeVar("Id", bound=Hashable)
_SIEVE, _CANDIDATES = 60, 150


@dataclass(frozen=True, slots=True)
class Hit(Generic[Id]):
    """One name found: its id, 0 to 1, and why."""

    id: Id
    score: float
    reasons: tuple[Reason, ...]


class Index(Generic[Id]):
    """Names with their ids. Reading needs no lock; each write replaces the whole."""

    def __init__(self, items: Iterable[tuple[Id, str]] = ()) -> None:
        self._lock = Lock()
        self._names: dict[Id, Folded] = {id_: fold(text) for id_, text in items}
        self._keys: dict[Id, str] = {id_: x.key for id_, x in self._names.items()}

    def search(self, query: str, limit: int = 20) -> list[Hit[Id]]:
        """Return the likeliest names, best first."""
        wanted = fold(query)
        found = process.extract(
            wanted.key,
            self._keys,
            scorer=fuzz.ratio,
            score_cutoff=_SIEVE,
            limit=_CANDIDATES,
        )
        hits = []
        for _, _, id_ in found:
            match = comparing.compare(wanted, self._names[id_])
            hits.append(Hit(id_, match.score, match.reasons))
        hits.sort(key=lambda hit: -hit.score)
        return hits[:limit]
