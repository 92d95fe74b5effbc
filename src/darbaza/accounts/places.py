"""The institutions, told by the room above (``sites``), which knows them."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from darbaza.accounts.permissions import for_oneself
from darbaza.accounts.types import Place
from darbaza.kernel.kept import Kept

_source: list[Callable[[], Iterable[Place]]] = []
_demonstration: list[Callable[[], bool]] = []


def provided_by(source: Callable[[], Iterable[Place]]) -> None:
    """Let the room above say which institutions there are (``sites``, at start)."""
    _source[:] = [source]
    _kept.forget()


def places() -> Mapping[UUID, Place]:
    """Return every institution by its key; none while nobody provides them.

    Every page asks several times, so the list is kept for a few seconds.
    """
    return _kept()


@for_oneself
def forget_places() -> None:
    """Read the list anew: now for this transaction, and after its commit for all."""
    _kept.forget()
    transaction.on_commit(_kept.forget)


def _read() -> Mapping[UUID, Place]:
    return {place.id: place for source in _source for place in source()}


def _seconds() -> float:
    return float(settings.DARBAZA_RULES_KEPT_SECONDS)


_kept = Kept(_read, seconds=_seconds)


def demonstration_said_by(source: Callable[[], bool]) -> None:
    """Let the room above say whether this database is a demonstration."""
    _demonstration[:] = [source]


def is_demonstration() -> bool:
    """Tell whether this database is a demonstration; no, while nobody says so."""
    return any(source() for source in _demonstration)


def named(institution_id: UUID) -> str:
    """Return the name of an institution in the language of the page, or ""."""
    place = places().get(institution_id)
    return place.name(language()) if place else ""


def language() -> str:
    """Return the language of the page in two letters."""
    return (get_language() or "ky")[:2]
