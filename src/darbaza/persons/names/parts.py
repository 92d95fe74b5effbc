"""The parts of a name and the words and endings that give them away."""

from enum import StrEnum
from typing import NamedTuple, cast

from darbaza.persons.names import lexicon, sounds


class Role(StrEnum):
    """What a word is in a name."""

    SURNAME = "surname"
    GIVEN = "given"
    FATHER = "patronymic"


class Marker(StrEnum):
    """A word that says what the word before it is."""

    SON = "son"
    DAUGHTER = "daughter"
    CLAN = "clan"


class Part(NamedTuple):
    """One part of a name: as written, and its sound keys with and without ending."""

    role: Role
    text: str
    whole: tuple[str, ...]
    stems: tuple[str, ...]
    sex: str = ""  # "M", "F" or "" by the ending
    cut: bool = False  # may lack its end (machine-readable zone)
    halves: tuple[str, ...] = ()  # stems of a double surname


_ROLES = sounds.table("roles")
MARKERS = {
    word: Marker(kind)
    for kind, words in cast("dict[str, list[str]]", _ROLES["markers"]).items()
    for word in words
}
_SHORT_SURNAMES = frozenset(cast("list[str]", _ROLES["short_surnames"]["words"]))
PARTICLES = frozenset(cast("list[str]", _ROLES["particles"]["words"]))
_SEX = {"he": "M", "she": "F", "it": ""}


def _endings(kind: str) -> tuple[tuple[str, str], ...]:
    found = [
        (ending, _SEX[name.removeprefix(f"{kind}_")])
        for name, endings in cast("dict[str, list[str]]", _ROLES["endings"]).items()
        if name.startswith(f"{kind}_")
        for ending in endings
    ]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


_STRONG, _WEAK, _FATHER = _endings("surname"), _endings("weak"), _endings("father")

_ALL_ENDINGS = tuple(ending for ending, _ in (*_STRONG, *_WEAK, *_FATHER))


def _ending(
    key: str, endings: tuple[tuple[str, str], ...], *, least: int
) -> tuple[str, str]:
    if not key.endswith(_ALL_ENDINGS):
        return "", ""
    for ending, sex in endings:
        if key.endswith(ending) and len(key) >= len(ending) + least:
            return ending, sex
    return "", ""


def is_father(key: str) -> bool:
    """Tell whether a key ends like a patronymic (-ович, -овна, -ич, -ична)."""
    return _ending(key, _FATHER, least=2)[0] != "" and not lexicon.is_given(key)


def surname_strength(key: str) -> int:
    """Say how surely a word is a surname: 3 by ending, 2 short, 1 perhaps, 0 no."""
    if lexicon.is_given(key):
        return 0
    if _ending(key, _STRONG, least=2)[0]:
        return 3
    if key in _SHORT_SURNAMES:
        return 2
    return 1 if _ending(key, _WEAK, least=3)[0] else 0


def surname(text: str, *, cut: bool = False) -> Part:
    """Make a surname of a word; its sex and stem from the ending."""
    whole = _readings(text)
    found = [_surname_stem(key) for key in whole]
    stems = tuple(dict.fromkeys(stem for stem, _ in found))
    sex = next((sex for _, sex in found if sex), "")
    words = text.replace("-", " ").split()
    halves = tuple(surname(word).stems[0] for word in words) if words[1:] else ()
    return Part(Role.SURNAME, text, whole, stems, "" if cut else sex, cut, halves)


def _surname_stem(key: str) -> tuple[str, str]:
    """Return a surname without its ending, and the sex that the ending shows."""
    ending, sex = _ending(key, _STRONG, least=2)
    if ending or lexicon.is_given(key):
        return key[: len(key) - len(ending)], sex
    ending, sex = _ending(key, _WEAK, least=3)
    # Ильина finds Ильин; -ин itself is too common an end of given names to go
    return key.removesuffix("a") if ending == "ina" else key, sex


def given(text: str, *, cut: bool = False) -> Part:
    """Make a given name of one or more words, joined: Нур-Султан is Нурсултан."""
    whole = _readings(text)
    return Part(Role.GIVEN, text, whole, whole, "", cut)


def father(text: str, *, sex: str = "", cut: bool = False) -> Part:
    """Make a father's name: Бакытович, or the word before уулу, кызы, ўғли."""
    whole = _readings(text)
    ending, ends_in = _ending(whole[0], _FATHER, least=2)
    stems = tuple(dict.fromkeys(key[: len(key) - len(ending)] for key in whole))
    return Part(Role.FATHER, text, whole, stems, sex or ends_in, cut)


def _readings(text: str) -> tuple[str, ...]:
    return sounds.readings(text.replace(" ", "").replace("-", ""))
