"""Common given names: two different ones are two names, not a slip of the pen."""

from typing import cast

from darbaza.persons.names import sounds


def _load() -> dict[str, frozenset[int]]:
    known: dict[str, frozenset[int]] = {}
    lines = cast("list[str]", sounds.table("known")["names"])
    for number, line in enumerate(lines):
        for word in line.lower().split():
            key = sounds.readings(word)[0]
            known[key] = known.get(key, frozenset()) | {number}
    return known


_KNOWN = _load()
_NONE: frozenset[int] = frozenset()
#: Given names that end like surnames.
_NOT_SURNAMES = frozenset({"akov", "lev", "ev", "eva"})


def is_given(key: str) -> bool:
    """Tell whether a key is a common given name."""
    return key in _KNOWN or key in _NOT_SURNAMES


def numbers(key: str) -> frozenset[int]:
    """Return the names that sound like this; spellings of one name share a number."""
    return _KNOWN.get(key, _NONE)
