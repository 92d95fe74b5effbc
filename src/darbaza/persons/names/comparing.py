"""Are two names one person's name, and which part matched how?"""

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from darbaza.persons.names import distance, lexicon, spelling
from darbaza.persons.names.folding import Folded, fold
from darbaza.persons.names.parts import Part, Role
from darbaza.persons.names.reading import Plan

#: Score from which two names count as the same: the middle of a plain from 0.69 to
#: 0.72, where development pairs and invented pairs alike change little.
THRESHOLD = 0.70
#: Cost at which the score is e**-1. The costs below are in lost consonants.
_SCALE = 2.6
_DIFFERENT = 2.0
_SEX = 2.0
_NO_SURNAME, _NO_GIVEN, _NO_SURNAME_BESIDE_FATHER = 1.3, 1.3, 0.6
_SURNAME_FOR_FATHER = 1.0
_HALF, _CUT, _INITIAL, _FATHER_INITIAL = 0.3, 0.05, 1.0, 0.3
_KNOWN_APART, _KNOWN_ONCE, _KNOWN_TOGETHER = 2.0, 0.8, 0.1
_SPACE, _SHORT = 0.05, 2
_STARTS = re.compile(r"(?:^|[ -])\w")
#: What the first letter of sh, ch, ts, zh or ya may have become at a cut end.
_HALF_SOUNDS = "ckdgsztqi"
#: Two neighbouring letters turned, as in Sarbagyhsev.
_SWAP = 0.6
#: From here on it is another name, not a slip.
_TYPO = 1.4


class How(StrEnum):
    """How one part of a name compares; a reason is ``{part}_{how}``."""

    SAME = "same"
    SOUND = "same_sound"
    NEAR = "near_sound"
    TYPO = "typo"
    CUT = "cut_off"
    HALF = "half"
    INITIAL = "initial"
    LEFT_OUT = "left_out"
    DIFFERENT = "different"


#: Every code a reason may have, for whoever puts them into words.
CODES = frozenset(f"{role}_{how}" for role in Role for how in How) | {
    "begins_with",  # search only: a typed beginning
    "order_turned",
    "sex_differs",
    "spaces_differ",
    "surname_for_patronymic",
}


class Reason(NamedTuple):
    """One finding: a stable code and the two parts it is about ("" if missing)."""

    code: str
    a: str = ""
    b: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are: 0 to 1, the verdict, and why."""

    score: float
    same: bool
    reasons: tuple[Reason, ...]


class _Found(NamedTuple):
    cost: float
    reasons: tuple[Reason, ...]


def compare(a: Folded | str, b: Folded | str) -> Match:
    """Compare two names; symmetric, 1.0 for a name with itself.

    A left-out patronymic costs nothing. The father's name is compared with the
    father's name only, so that Асан уулу Бакыт is not Бакыт уулу Асан.
    """
    a = fold(a) if isinstance(a, str) else a
    b = fold(b) if isinstance(b, str) else b
    if not a.tokens or not b.tokens:
        return _nameless(a, b)
    best = _spaced(a, b) or _best(a, b)
    score = math.exp(-best.cost / _SCALE)
    reasons = best.reasons + _turned(a, b)
    return Match(score, score >= THRESHOLD, reasons)


def _nameless(a: Folded, b: Folded) -> Match:
    same = a.text == b.text
    return Match(1.0 if same else 0.0, same, ())


def _spaced(a: Folded, b: Folded) -> _Found | None:
    """See names that differ by a space alone: АсановБакыт."""
    if len(a.tokens) == len(b.tokens) or "".join(a.tokens) != "".join(b.tokens):
        return None
    return _Found(_SPACE, (Reason("spaces_differ", a.text, b.text),))


def _best(a: Folded, b: Folded) -> _Found:
    best: _Found | None = None
    for x in a.plans:
        for y in b.plans:
            found = _planned(x, y)
            if best is None or found.cost < best.cost:
                best = found
            if best.cost < 0.01:
                return best
    return best or _Found(_DIFFERENT, ())


def _planned(x: Plan, y: Plan) -> _Found:
    surname = _surnames(x, y)
    given = _givens(x.given, y.given)
    father = _fathers(x, y)
    # a plan may be unlikely on one side only when the other needs it
    cost = surname[0] + given[0] + father[0] + max(x.cost, y.cost)
    reasons = [reason for _, reason in (surname, given, father) if reason]
    if x.sex and y.sex and x.sex != y.sex:
        cost += _SEX
        reasons.append(Reason("sex_differs", x.sex, y.sex))
    return _Found(cost, tuple(reasons))


_Cost = tuple[float, Reason | None]


def _surnames(x: Plan, y: Plan) -> _Cost:
    if x.surname and y.surname:
        return _part(x.surname, y.surname)
    if not x.surname and not y.surname:
        # where no surname is known, a missing father's name is no trifle
        return 0.0 if bool(x.father) == bool(y.father) else _NO_SURNAME, None
    named, bare = (x, y) if x.surname else (y, x)
    surname, father = named.surname, bare.father
    assert surname is not None  # noqa: S101
    if father is None:
        cost, how = _NO_SURNAME, "surname_left_out"
    elif named.father is not None:
        cost, how = _NO_SURNAME_BESIDE_FATHER, "surname_left_out"
    elif _keys(surname, father)[0] < 0.3:
        cost, how = _SURNAME_FOR_FATHER, "surname_for_patronymic"
    else:
        cost, how = _DIFFERENT, "surname_different"
    other = _shown(father) if "left_out" not in how else ""
    pair = _shown(surname), other
    pair = pair if named is x else pair[::-1]
    return cost, Reason(how, *pair)


def _givens(x: Part | None, y: Part | None) -> _Cost:
    if x and y:
        return _part(x, y)
    if not x and not y:
        return 0.0, None
    return _NO_GIVEN, Reason("given_left_out", _shown(x), _shown(y))


def _fathers(x: Plan, y: Plan) -> _Cost:
    if x.father and y.father:
        return _part(x.father, y.father)
    if not x.father and not y.father:
        return 0.0, None
    return 0.0, Reason("patronymic_left_out", _shown(x.father), _shown(y.father))


def _part(x: Part, y: Part) -> _Cost:
    cost, how = _keys(x, y)
    if how is How.INITIAL and x.role is Role.FATHER:
        cost = _FATHER_INITIAL
    return cost, Reason(f"{x.role}_{how}", _shown(x), _shown(y))


def _shown(part: Part | None) -> str:
    """Return a part as an officer reads it: capitals at the start of each word."""
    if not part:
        return ""
    text = part.text
    return text.capitalize() if text.isalpha() else _STARTS.sub(_upper, text)


def _upper(found: re.Match[str]) -> str:
    return found.group().upper()


def _keys(x: Part, y: Part) -> tuple[float, How]:
    """Compare two parts of one role: cost in lost consonants, and how."""
    if x.text == y.text:
        return 0.0, How.SAME
    if not set(x.stems).isdisjoint(y.stems):
        return 0.0, How.SOUND
    if x.cut or y.cut:
        cost = _cut(x, y)
        if cost < 1.0:
            return cost, How.CUT
    if min(len(x.stems[0]), len(y.stems[0])) == 1 and x.stems[0][:1] == y.stems[0][:1]:
        return _INITIAL, How.INITIAL
    if bool(x.halves) != bool(y.halves) and _share_half(x, y):
        return _HALF, How.HALF
    return _near(x, y)


def _near(x: Part, y: Part) -> tuple[float, How]:
    raw, key, other = _nearest(x.stems, y.stems)
    if x.role is Role.GIVEN and f"{key}a" == other:
        return _DIFFERENT, How.DIFFERENT  # Эльмир, Эльмира: another person
    cost = raw * _length_weight(key, other)
    known, too = lexicon.numbers(key), lexicon.numbers(other)
    if known and too:
        if known & too:
            return min(cost, _KNOWN_TOGETHER), How.SOUND
        cost *= _KNOWN_APART
    elif known or too:
        cost *= _KNOWN_ONCE
    if (x.stems == x.whole) != (y.stems == y.whole):
        # the slip may be in the ending itself: Асанов, Асанон
        whole, *keys = _nearest(x.whole, y.whole)
        cost = min(cost, whole * _length_weight(*keys))
    if _SWAP < raw < distance.FAR and spelling.letters_turned(x.text, y.text):
        cost = min(cost, _SWAP * _length_weight(key, other))
    if cost >= _TYPO:
        return min(cost, _DIFFERENT), How.DIFFERENT
    return cost, How.NEAR if raw < 0.7 else How.TYPO


def _nearest(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[float, str, str]:
    """Return the nearest two readings; among equals the same ones both ways round."""
    return min(
        (distance.distance(p, q), min(p, q), max(p, q)) for p in some for q in others
    )


def _length_weight(key: str, other: str) -> float:
    """One slip in a long name says less than one in a short name."""
    return 6 / min(max(len(key), len(other), 4), 10)


def _cut(x: Part, y: Part) -> float:
    """Compare the beginning that is left of a cut part with the whole one's."""
    short, full = sorted((x, y), key=lambda part: (not part.cut, part.text))
    start = short.whole[0].rstrip(_HALF_SOUNDS) or short.whole[0]
    ends = [key[: len(start)] for key in full.whole]
    return _CUT + min(distance.distance(start, end) for end in ends)


def _share_half(x: Part, y: Part) -> bool:
    shared = set(x.halves or x.stems) & set(y.halves or y.stems)
    return any(len(stem) > _SHORT for stem in shared)


def _turned(a: Folded, b: Folded) -> tuple[Reason, ...]:
    """Say that the same words stand in another order."""
    if len(a.tokens) > 1 and a.tokens != b.tokens and a.key == b.key:
        return (Reason("order_turned", a.text, b.text),)
    return ()
