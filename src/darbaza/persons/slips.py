"""Sound keys in memory: finds whom a slip of the pen hides from the indexes.

An index answers by equality or beginning, so a slip in a first letter is lost to it.
Every process keeps the short keys of the newest people, some 100 bytes each, and reads
what was written since before it looks; PostgreSQL reaches older people by trigrams.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from threading import Lock
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from rapidfuzz import fuzz, process

from darbaza.persons.models import Person

MOST = 100_000
"""So many of the newest people are kept: more than one prison's visitors."""
_ALIKE = 60
_CUTOFF = 60.0
_WORD_ALIKE = 0.45
#: A transaction may commit so long after it wrote down the time.
_LATE = timedelta(minutes=1)
TRIGRAMS = "person_trigrams"
_BY_TRIGRAMS = """
    SELECT id FROM persons_person WHERE %s <%% key
    ORDER BY word_similarity(%s, key) DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Everybody at one moment; never changed, a newer one takes its place."""

    keys: dict[UUID, str] = field(default_factory=dict)
    read_at: datetime | None = None


class _Kept:
    """The shelf of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.shelf = _Shelf()

    def fresh(self) -> _Shelf:
        """Return the shelf with everything that was written until now."""
        now = timezone.now()
        read_at = self.shelf.read_at
        # a clock that was set back: read everybody again
        written = _written(read_at if read_at and read_at <= now else None)
        with self.lock:
            keys = self.shelf.keys
            if not written.items() <= keys.items():
                keys = dict(list((keys | written).items())[-MOST:])
            self.shelf = _Shelf(keys, now)
            return self.shelf


_kept = _Kept()


def alike(pairs: list[tuple[str, str]], key: str) -> list[UUID]:
    """Return whose surname and given key come near one of these pairs, nearest first.

    ``key`` is the whole sound key of what was typed.
    """
    wanted = dict.fromkeys(" ".join(pair) for pair in pairs if all(pair))
    if not wanted:
        return []
    shelf = _kept.fresh()
    found: dict[UUID, None] = {}
    for text in wanted:
        hits = process.extract(
            text, shelf.keys, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=_ALIKE
        )
        found |= dict.fromkeys(pk for _, _, pk in hits)
    if len(shelf.keys) >= MOST and _has_trigrams():
        found |= dict.fromkeys(_by_trigrams(key))
    return list(found)


def forget() -> None:
    """Empty the shelf (tests use other databases in one process)."""
    with _kept.lock:
        _kept.shelf = _Shelf()


def _written(since: datetime | None) -> dict[UUID, str]:
    """Return the keys of the newest people, or of those named since; oldest first."""
    rows = Person.objects.order_by("-pk")
    if since is not None:
        rows = rows.filter(named_at__gte=since - _LATE)
    values = rows.values_list("pk", "surname_key", "given_key")[:MOST]
    return {pk: f"{surname} {given}" for pk, surname, given in reversed(values)}


def _by_trigrams(key: str) -> list[UUID]:
    with transaction.atomic(), connection.cursor() as cursor:
        # for this transaction only: what <% lets through
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {_WORD_ALIKE}")
        cursor.execute(_BY_TRIGRAMS, [key, key, _ALIKE])
        return [pk for (pk,) in cursor.fetchall()]


@cache
def _has_trigrams() -> bool:
    """Tell whether the migration could make the index (it may lack the right to)."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = %s", [TRIGRAMS])
        return cursor.fetchone() is not None
