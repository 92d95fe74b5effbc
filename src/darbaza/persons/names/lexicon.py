"""Common given names: two different ones are two names, not a slip of the pen."""

from typing import cast

from darbaza.persons.names import sounds

_SURNAME_ENDINGS = ("ov", "ev")
#: Given names that end like surnames (Лев, Ева).
_LIKE_SURNAMES = frozenset({"lev", "eva", "akov"})
_NONE: frozenset[int] = frozenset()


def _load() -> dict[str, frozenset[int]]:
    known: dict[str, frozenset[int]] = {}
    groups = cast("dict[str, str]", sounds.table("known")["names"])
    entries = " ".join(groups.values()).lower().split()
    for number, entry in enumerate(entries):
        for word in entry.split("="):
            key = _stem(sounds.readings(word)[0])
            # -ali loses its i before -ев: Эсеналиев
            for form in {key, key[:-1] if key.endswith("ali") else key}:
                known[form] = known.get(form, _NONE) | {number}
    return known


def _stem(key: str) -> str:
    stems = len(key) > 4 and key.endswith(_SURNAME_ENDINGS)
    return key[:-2] if stems and key not in _LIKE_SURNAMES else key


_KNOWN = _load()


def is_given(key: str) -> bool:
    """Tell whether a key is a common given name."""
    return key in _KNOWN or key in _LIKE_SURNAMES


def numbers(key: str) -> frozenset[int]:
    """Return the names that sound like this; spellings of one name share a number."""
    return _KNOWN.get(key, _NONE)
