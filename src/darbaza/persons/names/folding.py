"""Bring a name in any script and order to sound keys."""

import re
from dataclasses import dataclass
from functools import lru_cache

from darbaza.persons.names import cleaning, distance, parts, reading, sounds
from darbaza.persons.names.parts import Part
from darbaza.persons.names.reading import Plan, Words

#: Lengths of the name field in the zones of ICAO Doc 9303: TD1, TD2, TD3, visas.
_FIELDS = frozenset({30, 31, 39})
_MOST_WORDS = 12
_WORD = re.compile(r"[^\W\d_]+(?:['\-]+[^\W\d_]+)*'?")
_LINES = {44: 5, 36: 5}  # a whole first line: document code and issuer come before
_LINE_START = re.compile(r"^[pv]<[a-z]{3}(?=[a-z]+<)")
_ASIDE = re.compile(r"\s*\(([^()]*)\)")
_BY_ENDING = 3
_GLUED = (
    *("уулу", "улуу", "кызы", "тегин", "теги", "ўғли", "қизи"),
    *("uulu", "uluu", "kyzy", "tegin"),
)
_NOT_GLUED = ("сулуу", "suluu")  # Айсулуу is one name


@dataclass(frozen=True, slots=True)
class Folded:
    """A name taken apart and brought to sound keys. Hashable, safe to cache.

    Attributes:
        text: The name, cleaned, as it was written.
        tokens: Sound key of every word, in order.
        plans: Ways to read it, the likeliest first.
    """

    text: str
    tokens: tuple[str, ...]
    plans: tuple[Plan, ...]

    @property
    def key(self) -> str:
        """Return all sound keys, sorted, as one string: for a database column."""
        return " ".join(sorted(self.tokens))

    @property
    def surname_key(self) -> str:
        """Return a short key (consonants) of the surname; for an index.

        The same for both scripts and for man and woman; of the father's name where
        уулу or кызы stands in place of a surname. For equality or prefix.
        """
        return _short(self.plans[0].surname or self.plans[0].father)

    @property
    def given_key(self) -> str:
        """Return the same of the given name."""
        return _short(self.plans[0].given)

    @property
    def sex(self) -> str:
        """Return "M", "F" or "" by the endings."""
        return self.plans[0].sex

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=16_384)
def _fold(text: str) -> Folded:
    cleaned = cleaning.clean(text)
    words = _words(cleaning.comparable(cleaned))
    plans = reading.plans(words)
    return Folded(cleaned, tuple(key for key in words.keys if key), plans)


def fold(text: str) -> Folded:
    """Take a name apart: any script, order and zone fillers ``<`` are understood.

    Never raises; nothing after the first 1,000 characters is looked at.
    """
    return _fold(text[: cleaning.BOUND])


def forget() -> None:
    """Empty the cache of folded names (for measuring)."""
    _fold.cache_clear()


def _short(part: Part | None) -> str:
    return distance.skeleton(part.stems[0]) if part else ""


def _words(text: str) -> Words:
    if "<" in text:
        return _zone(text)
    if "(" in text:
        text = _ASIDE.sub(_maiden, text)
    before, comma, after = text.partition(",")
    first, rest = _split(before), _split(after)
    return _made(first, rest, known=bool(comma and rest))


def _maiden(found: re.Match[str]) -> str:
    """Join a former surname in brackets to the surname; drop any other aside."""
    word = found.group(1).strip()
    is_surname = parts.surname_strength(sounds.readings(word)[0]) == _BY_ENDING
    return f"-{word} " if is_surname else " "


def _zone(text: str) -> Words:
    """Split the name field of a machine-readable zone; full to its end means cut."""
    text = text.replace(" ", "<")
    text = _LINE_START.sub("", text[_LINES.get(len(text), 0) :])
    cut = len(text) in _FIELDS and not text.endswith("<")
    before, _, after = text.strip("<").partition("<<")
    first, rest = _split(before.replace("<", " ")), _split(after.replace("<", " "))
    return _made(first, rest, known=bool(rest), cut=cut)


def _made(
    first: list[str], rest: list[str], *, known: bool, cut: bool = False
) -> Words:
    texts = tuple(first + rest)[:_MOST_WORDS]
    keys = tuple(sounds.readings(text.replace("-", ""))[0] for text in texts)
    return Words(texts, keys, len(first) if known else 0, cut)


def _split(text: str) -> list[str]:
    words = [piece for word in _WORD.findall(text) for piece in _unglued(word)]
    return [word for word in words if word not in parts.PARTICLES] or words


def _unglued(word: str) -> list[str]:
    """Part a marker from its name: Асан-уулу, Асануулу."""
    if "-" in word:
        article, _, name = word.partition("-")
        word = name if article in parts.PARTICLES else word
        head, dash, tail = word.rpartition("-")
        if dash and sounds.readings(tail)[0] in parts.MARKERS:
            return [head, tail]
    if word.endswith(_GLUED) and not word.endswith(_NOT_GLUED):
        marker = next(ending for ending in _GLUED if word.endswith(ending))
        if len(word) > len(marker) + 2:
            return [word[: -len(marker)], marker]
    return [word]
