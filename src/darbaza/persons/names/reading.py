"""Give every word of a name its part: surname, given name, father's name."""

from collections.abc import Iterator
from typing import NamedTuple

from darbaza.persons.names import parts
from darbaza.persons.names.parts import Marker, Part

_MOST_PLANS = 4
#: What an unlikelier reading of a name costs.
_DOUBT = 0.05
#: What is left of OGLI, QIZI, UULU, KYZY at the cut end of a zone.
_MARKER_STARTS = frozenset({"o", "og", "ogl", "u", "ug", "ugl", "ul", "k", "ki", "kiz"})
_SEXES = {Marker.SON: "M", Marker.DAUGHTER: "F"}


class Words(NamedTuple):
    """Words of a name in order with their sound keys, before parts are given."""

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    surnames: int = 0  # so many of the first words are certainly the surname
    cut: bool = False  # the last word may lack its end


class Plan(NamedTuple):
    """One way to read a name; ``cost`` says how unlikely, 0 the likeliest."""

    surname: Part | None = None
    given: Part | None = None
    father: Part | None = None
    cost: float = 0.0

    @property
    def sex(self) -> str:
        """Return "M", "F" or "" by the endings."""
        named = self.surname.sex if self.surname else ""
        return named or (self.father.sex if self.father else "")


class _Kin(NamedTuple):
    """The father's name found in a name, and the words left over."""

    rest: tuple[int, ...]
    father: Part | None = None
    at: int = -1  # where the father's name stands
    marked: bool = False  # by уулу, кызы, ўғли, қизи


def plans(words: Words) -> tuple[Plan, ...]:
    """Return the ways to read a name, the likeliest first; at least one."""
    clan, words = _clan(words)
    found: list[Plan] = []
    for doubt, kin in enumerate(_marked(words) or _ended(words)):
        for surname, left, cost in _surnames(words, kin, clan):
            plan = Plan(surname, None, kin.father, cost + doubt * _DOUBT)
            found.extend(_with_given(words, left, plan))
    return tuple(sorted(found, key=lambda plan: plan.cost)[:_MOST_PLANS]) or (Plan(),)


def _clan(words: Words) -> tuple[Part | None, Words]:
    """Take out an ancestor's name before теги or тегин: it is the surname."""
    for i in range(1, len(words.keys)):
        if parts.MARKERS.get(words.keys[i]) is Marker.CLAN:
            kept = [x for x in range(len(words.keys)) if x not in {i - 1, i}]
            texts = tuple(words.texts[x] for x in kept)
            keys = tuple(words.keys[x] for x in kept)
            return parts.surname(words.texts[i - 1]), Words(texts, keys, 0, words.cut)
    return None, words


def _marked(words: Words) -> list[_Kin]:
    """Find the name before уулу, кызы, ўғли, қизи, теги; the likeliest first."""
    for i in range(1, len(words.keys)):
        marker = parts.MARKERS.get(words.keys[i])
        if marker is not None:
            starts = [0] if i < words.surnames else [i - 1]
            if 1 < i < len(words.keys) - 1 and not words.surnames:
                starts.append(0)  # Нур Султан уулу Бакыт
            return [_before_marker(words, start, i, marker) for start in starts]
    return []


def _before_marker(words: Words, start: int, at: int, marker: Marker) -> _Kin:
    rest = tuple(x for x in range(len(words.keys)) if not start <= x <= at)
    text = " ".join(words.texts[start:at])
    father = parts.father(text, sex=_SEXES[marker])
    return _Kin(rest, father, start, marked=True)


def _ended(words: Words) -> list[_Kin]:
    """Find the father's name by its ending; of two words it may be the surname too."""
    kin = _by_ending(words)
    two = len(words.keys) == 2 and kin.father and not words.surnames
    return [kin, _Kin((0, 1))] if two else [kin]


def _by_ending(words: Words) -> _Kin:
    """Find the patronymic (-ович, -овна) or the cut third word of a zone."""
    rest = tuple(range(len(words.keys)))
    last = len(words.keys) - 1
    free = [i for i in rest if i >= words.surnames]
    for i in free:
        # never first, and the first of two: Мицкевич Адам, Адам Ильич Мицкевич
        if i and parts.is_father(words.keys[i]):
            return _taken(words, rest, i)
    if words.cut and len(free) > 2 and words.keys[last] in _MARKER_STARTS:
        kept = tuple(i for i in rest if i != last)
        return _taken(words, kept, last - 1)
    if words.cut and len(free) > 1:
        return _taken(words, rest, last)
    return _Kin(rest)


def _taken(words: Words, rest: tuple[int, ...], at: int) -> _Kin:
    cut = words.cut and at == len(words.keys) - 1
    father = parts.father(words.texts[at], cut=cut)
    return _Kin(tuple(i for i in rest if i != at), father, at)


def _surnames(
    words: Words, kin: _Kin, clan: Part | None
) -> Iterator[tuple[Part | None, tuple[int, ...], float]]:
    """Yield each possible surname with the words left for the given name."""
    rest = kin.rest
    if clan:
        yield clan, rest, 0.0
    elif words.surnames:
        head = tuple(i for i in rest if i < words.surnames)
        yield _surname(words, head), rest[len(head) :], 0.0
    else:
        for i, cost in _candidates(words, kin):
            head = () if i is None else (i,)
            yield _surname(words, head), tuple(x for x in rest if x != i), cost


def _surname(words: Words, head: tuple[int, ...]) -> Part | None:
    if not head:
        return None
    cut = words.cut and head[-1] == len(words.texts) - 1
    return parts.surname(" ".join(words.texts[i] for i in head), cut=cut)


def _candidates(words: Words, kin: _Kin) -> list[tuple[int | None, float]]:
    """Say which word may be the surname when the order of words is not known."""
    rest = kin.rest
    strength = {i: parts.surname_strength(words.keys[i]) for i in rest}
    best = max(strength.values(), default=0)
    if not rest or (kin.marked and (best == 0 or (len(rest) == 1 and best < 3))):
        return [(None, 0.0)]
    if len(rest) == 1:
        return [(rest[0], 0.0)] if best == 3 else [(rest[0], 0.0), (None, 0.0)]
    likely = [i for i in rest if strength[i] == best]
    first = likely[0] if likely[0] == rest[0] else likely[-1]
    if best == 3:
        return [(first, 0.0), *((i, _DOUBT) for i in likely if i != first)]
    if kin.at >= 0 and not kin.marked:
        # Surname Given Father, or Given Father Surname
        return [(rest[0] if kin.at > rest[-1] else rest[-1], 0.0)]
    ends = {rest[0]: _DOUBT, rest[-1]: _DOUBT, first: 0.0}
    return [*ends.items()]


def _with_given(words: Words, left: tuple[int, ...], plan: Plan) -> Iterator[Plan]:
    if not left:
        yield plan
        return
    last = len(words.texts) - 1
    texts = [words.texts[i] for i in left]
    cut = words.cut and left[-1] == last
    whole = parts.given(" ".join(texts), cut=cut)
    yield plan._replace(given=whole)
    if plan.father is None and len(texts) > 1:
        # the last word may be the father's name with no ending (form since 2025)
        yield plan._replace(
            given=parts.given(" ".join(texts[:-1])),
            father=parts.father(texts[-1], cut=cut),
            cost=plan.cost + _DOUBT,
        )
    elif plan.father is not None and plan.father.cut:
        # the cut word may as well be the second half of the given name
        joined = parts.given(f"{texts[-1]} {plan.father.text}", cut=True)
        yield plan._replace(given=joined, father=None, cost=plan.cost + _DOUBT)
