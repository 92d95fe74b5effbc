"""One sound for one name, however it is spelt: letters of two scripts to one key."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Any, cast

VOWELS = frozenset("aeiou")


def table(name: str) -> dict[str, Any]:
    """Read one data file of this package."""
    file = resources.files("darbaza.persons.names") / "data" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


_TABLE = table("sounds")
_CYRILLIC = cast("dict[str, str]", _TABLE["cyrillic"])
_LATIN = cast("dict[str, str]", _TABLE["latin"])
_STYLES = cast("dict[str, dict[str, str]]", _TABLE["readings"])


def _longest_first(words: dict[str, str]) -> re.Pattern[str]:
    several = sorted((w for w in words if len(w) > 1), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, several), "."]))


_FIND = _longest_first({**_CYRILLIC, **_LATIN})
_SOUND = {**_CYRILLIC, **_LATIN}
_LETTERS = frozenset(_SOUND)
_STYLE_SOUNDS = [(frozenset(x), {**_SOUND, **x}) for x in _STYLES.values()]
_STYLED = frozenset().union(*_STYLES.values())
_GLIDES = (("io", "e"), ("ia", "a"), ("ie", "e"), ("iu", "u"))
#: j that is seldom ж: Zajcev, Timofej; but Siroj.
_J_IS_I = re.compile(r"(?<=[aeiouy])j(?![aeiouyäöü'])")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def readings(word: str) -> tuple[str, ...]:
    """Return the sound keys of one lower-case word, the likeliest first.

    More than one where a Latin letter is read in two ways (``j``, ``ch``).
    """
    word = _plain_marks(word)
    if "j" in word:
        usual = _J_IS_I.sub("y", word)
        if usual != word:
            return tuple(dict.fromkeys(_read(usual) + _read(word)))
    return _read(word)


def _read(word: str) -> tuple[str, ...]:
    letters = _FIND.findall(word)
    keys = [_key(letters, _SOUND)]
    found = _STYLED.intersection(letters)
    if not found:
        return (keys[0],)
    for style, table in _STYLE_SOUNDS:
        if not found.isdisjoint(style):
            keys.append(_key(letters, table))
    return tuple(dict.fromkeys(keys))


def _key(letters: list[str], table: dict[str, str]) -> str:
    sounds = _once("".join([table.get(x, x) for x in letters]))
    if "i" in sounds:
        for glide, vowel in _GLIDES:
            sounds = sounds.replace(glide, vowel)
        sounds = _once(sounds)
    # шч is щ: Кушчу, Kushchu
    return sounds.replace("dj", "j").replace("tq", "q").replace("wq", "w")


def _once(sounds: str) -> str:
    """Make one of every doubled sound."""
    return _TWICE.sub(r"\1", sounds) if _TWICE.search(sounds) else sounds


def _plain_marks(word: str) -> str:
    """Drop marks from letters that no table knows (á, ṣ and their like).

    Letters of a script without sounds of ours stand for themselves.
    """
    if word.isascii() or _LETTERS.issuperset(word):
        return word
    return "".join(map(_plain, word))


def _plain(char: str) -> str:
    if char in _SOUND:
        return char
    base = unicodedata.normalize("NFD", char)[0]
    return base if base in _SOUND else char
