"""How far two sound keys are from each other: vowels cheap, consonants dear."""

from typing import cast

from rapidfuzz.distance import Levenshtein

from darbaza.persons.names import sounds

#: Stands for "another name": no pair of keys is farther.
FAR = 4.0
_OTHER_VOWEL, _OTHER = 0.9, 1.0
_DROP = {"a": 0.5, "e": 0.4, "i": 0.25, "o": 0.5, "u": 0.5, "h": 0.8}
_G_OF_NG, _TURNED = 0.35, 0.8
_FIRST = 1.5
_ALIKE = 0.5


def _pairs() -> dict[str, float]:
    data = sounds.table("sounds")
    named = cast("dict[str, float]", {**data["vowel_pairs"], **data["consonant_pairs"]})
    costs = {a + b: _OTHER_VOWEL for a in sounds.VOWELS for b in sounds.VOWELS}
    costs |= named
    costs |= {pair[::-1]: cost for pair, cost in named.items()}
    # a vowel for a consonant: a typing mistake, or v and u of one diphthong
    return costs | {"uv": 0.6, "vu": 0.6}


_PAIRS = _pairs()


def distance(a: str, b: str) -> float:
    """Return the weighted edits between two keys, 0 to ``FAR``; 1 is one consonant.

    The first sound counts half as much again: Асан is not Хасан.
    """
    if a == b:
        return 0.0
    if not a or not b or Levenshtein.distance(a, b, score_cutoff=3) > 3:
        return FAR
    return min(FAR, _align(a, b))


def _align(a: str, b: str) -> float:
    """Optimal string alignment with costs (Wagner and Fischer; turned neighbours)."""
    drops, adds = _drops(a), _drops(b)
    before: list[float] = []
    row = [0.0]
    for cost in adds:
        row.append(row[-1] + cost)
    for i, x in enumerate(a):
        now = [row[0] + drops[i]]
        for j, y in enumerate(b):
            best = row[j]
            if x != y:
                cost = _PAIRS.get(x + y, _OTHER)
                best += cost if (i and j) or cost < 0.5 else cost * _FIRST
            best = min(best, row[j + 1] + drops[i], now[j] + adds[j])
            if i and j and x == b[j - 1] and a[i - 1] == y:
                best = min(best, before[j - 1] + _TURNED)
            now.append(best)
        before, row = row, now
    return row[-1]


def _drops(key: str) -> list[float]:
    """Return what it costs to leave out each sound of a key."""
    costs = [_DROP.get(char, 1.0) for char in key]
    for i in range(1, len(key)):
        if key[i] == "g" and key[i - 1] == "n":
            costs[i] = _G_OF_NG
    if key[-1] == "a":
        costs[-1] = 1.0  # Эльмир, Эльмира: another person
    costs[0] *= _FIRST
    return costs


def skeleton(key: str) -> str:
    """Return a short key: no vowels, a first vowel as "a", ш and ч as one."""
    consonants = [char for char in key[1:] if char not in sounds.VOWELS]
    first = "a" if key[:1] in sounds.VOWELS else key[:1]
    return "".join([first, *consonants]).replace("q", "w").replace("ng", "n")


def near(a: str, b: str) -> bool:
    """Tell whether two beginnings sound alike: no consonant apart."""
    return a == b or distance(a, b) <= _ALIKE
