"""An independent checking set: names nobody tuned the matcher on, spelt at random.

``python -m tests.persons.names.unseen SEED PEOPLE > pairs.json`` writes it in the form
that ``bench/names.py`` reads: eleven kinds of true pairs, nine of false.
"""

import json
import random
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from tests.persons.names import hands
from tests.persons.names.hands import Draw

Pools = dict[str, dict[str, list[str]]]
_VOWELS = "аеёиоуыэюяөүәіўӯӣ"
_KIN = {"kyrgyz": ("уулу", "кызы"), "uzbek": ("ўғли", "қизи")}
_SHARES = {"kyrgyz": 55, "uzbek": 15, "russian": 15, "tajik": 10, "kazakh": 5}


class Person(NamedTuple):
    """A name by its parts: the surname as a man bears it, given name, father's name."""

    people: str
    woman: bool
    surname: str
    given: str
    father: str

    @property
    def family(self) -> str:
        """Return the surname in the form of the person's sex."""
        if not self.woman or not self.surname.endswith(("в", "н", "кий")):
            return self.surname
        if self.surname in {"Хан", "Шин"}:
            return self.surname
        stem = self.surname.removesuffix("ий")
        return stem + ("ая" if stem != self.surname else "а")

    @property
    def patronymic(self) -> str:
        """Return the father's name with its Russian ending."""
        stem, soft = self.father, self.father.endswith(("ий", "ь", "й"))
        if stem.endswith("ий"):
            stem = stem[:-2] + "ь"
        elif stem[-1] in "йьая":
            stem = stem[:-1]
        elif stem[-1] in _VOWELS:
            soft = True
        return stem + ("е" if soft else "о") + ("вна" if self.woman else "вич")

    def full(self) -> str:
        return f"{self.family} {self.given} {self.patronymic}"

    def short(self) -> str:
        return f"{self.family} {self.given}"

    def kin(self) -> str:
        """Return the form with уулу, кызы, ўғли or қизи, where the people has one."""
        word = _KIN.get(self.people, _KIN["kyrgyz"])[self.woman]
        if self.people == "kyrgyz":
            return f"{self.father} {word} {self.given}"
        return f"{self.family} {self.given} {self.father} {word}"


def pools() -> Pools:
    """Read the names: people, then surnames, men, women."""
    file = Path(__file__).with_name("unseen.toml")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        people: {kind: words.split() for kind, words in kinds.items()}
        for people, kinds in data.items()
    }


def person(draw: Draw, known: Pools) -> Person:
    """Draw one person."""
    (people,) = draw.choices(list(_SHARES), list(_SHARES.values()))
    own = known[people]
    woman = draw.random() < 0.4
    given, father = (
        draw.choice(own["women" if woman else "men"]),
        draw.choice(own["men"]),
    )
    while father == given:
        father = draw.choice(own["men"])
    return Person(people, woman, draw.choice(own["surnames"]), given, father)


def record(one: Person, draw: Draw) -> str:
    """Return how a register writes this name: full, short or with уулу."""
    if one.people in _KIN and draw.random() < 0.25:
        return one.kin()
    return one.full() if draw.random() < 0.6 else one.short()


def _again(one: Person, text: str, draw: Draw) -> str:
    """Return the same name as another paper has it: its patronymic there or not."""
    if text == one.kin():
        return text
    return one.full() if draw.random() < 0.35 else one.short()


def _turned(one: Person, text: str, draw: Draw) -> str:
    if text == one.kin() and one.people == "kyrgyz":
        father, kin, given = text.split()
        return f"{given} {father} {kin}"
    family, given, *rest = _again(one, text, draw).split()
    return " ".join([given, *rest, family])


def _halved(one: Person, text: str, draw: Draw) -> str:
    """Split the given name, as Нур Султан, where it has room; dash or space."""
    given = one.given
    places = [i for i in range(3, len(given) - 2) if given[i - 1] not in _VOWELS]
    if not places:
        return text
    at = draw.choice(places)
    parts = draw.choice("- ").join([given[:at], given[at:].capitalize()])
    return text.replace(given, parts, 1)


Make = Callable[[Person, str, Draw], tuple[str, str]]


def _spelt(hand: Callable[[str, str, Draw], str]) -> Make:
    def make(one: Person, text: str, draw: Draw) -> tuple[str, str]:
        return text, hand(_again(one, text, draw), one.people, draw)

    return make


def _zoned(width: int) -> Make:
    def make(one: Person, text: str, draw: Draw) -> tuple[str, str]:
        other = one.full() if width == 30 and text != one.kin() else text
        return text, hands.zone(other, one.people, draw, width)

    return make


def _without(one: Person, text: str, draw: Draw) -> tuple[str, str]:
    return one.full(), hands.any_latin(one.short(), one.people, draw)


def _joined(one: Person, text: str, draw: Draw) -> tuple[str, str]:
    other = hands.any_latin(_halved(one, text, draw), one.people, draw)
    return text, other


def _ordered(one: Person, text: str, draw: Draw) -> tuple[str, str]:
    return text, hands.any_latin(_turned(one, text, draw), one.people, draw)


def _two_latins(one: Person, text: str, draw: Draw) -> tuple[str, str]:
    first = hands.icao(text, one.people, draw)
    return first, hands.any_latin(_again(one, text, draw), one.people, draw)


def _typed(one: Person, text: str, draw: Draw) -> tuple[str, str]:
    other = hands.icao(_again(one, text, draw), one.people, draw)
    return text, hands.typo(other, draw)


TRUE: dict[str, tuple[Make, int]] = {
    "cyr_russified": (_spelt(hands.russified), 7),
    "icao_latin": (_spelt(hands.icao), 16),
    "joined_split": (_joined, 4),
    "latin_latin": (_two_latins, 5),
    "loose_latin": (_spelt(hands.loose), 16),
    "mrz_td1_truncated": (_zoned(30), 10),
    "mrz_td3": (_zoned(39), 10),
    "no_patronymic": (_without, 8),
    "order": (_ordered, 6),
    "other_latin": (_spelt(hands.styled), 14),
    "typo": (_typed, 8),
}


def _relative(one: Person, kind: str, draw: Draw, own: dict[str, list[str]]) -> Person:
    """Return another person, who is easily taken for this one."""
    givens = [x for x in own["women" if one.woman else "men"] if x != one.given]
    if kind == "sibling_given":
        return one._replace(given=draw.choice(givens))
    if kind == "sibling_near":
        return one._replace(given=_nearest(one.given, givens, draw))
    if kind == "gender_form":
        return one._replace(woman=not one.woman)
    if kind in {"father_son_swap", "uulu_swap"}:
        return one._replace(given=one.father, father=one.given, woman=False)
    others = [x for x in own["surnames"] if OSA.distance(x, one.surname) > 1]
    if kind == "same_given_patronymic":
        return one._replace(surname=draw.choice(others))
    other = one._replace(surname=_nearest(one.surname, others, draw))
    if kind == "near_surname_and_given":
        return other._replace(given=draw.choice(givens))
    return other


FALSE = {
    "father_son_swap": 11,
    "gender_form": 8,
    "near_surname": 24,
    "near_surname_and_given": 14,
    "same_given_patronymic": 8,
    "sibling_given": 20,
    "sibling_near": 9,
    "uulu_swap": 4,
}


def _nearest(word: str, others: list[str], draw: Draw) -> str:
    some = draw.sample(others, min(25, len(others)))
    return min(some, key=lambda other: OSA.distance(word, other))


def _other(one: Person, kind: str, draw: Draw, known: Pools) -> tuple[str, str]:
    second = _relative(one, kind, draw, known[one.people])
    if kind == "uulu_swap":
        one, second = (x._replace(people="kyrgyz", woman=False) for x in (one, second))
        text, other = one.kin(), second.kin()
    elif kind in {"father_son_swap", "gender_form"}:
        text = one.full() if kind == "father_son_swap" else record(one, draw)
        other = second.full() if kind == "father_son_swap" else _again(second, "", draw)
        text = one.short() if text == one.kin() else text
    else:
        text = record(one, draw)
        kin = text == one.kin() and kind.startswith("sibling")
        text = text if kin else (one.full() if text == one.kin() else text)
        other = second.kin() if kin else _again(second, "", draw)
    hand = draw.choice([hands.same, hands.any_latin, hands.any_latin])
    return text, hand(other, one.people, draw)


def pairs(true: int, false: int, *, seed: int) -> list[dict[str, object]]:
    """Return so many true and false pairs, as the development file has them."""
    draw, known = random.Random(seed), pools()
    made: list[dict[str, object]] = []
    for kind in draw.choices(list(TRUE), [n for _, n in TRUE.values()], k=true):
        one = person(draw, known)
        a, b = TRUE[kind][0](one, record(one, draw), draw)
        made.append(_row(a, b, True, kind, one))
    for kind in draw.choices(list(FALSE), list(FALSE.values()), k=false):
        one = person(draw, known)
        while not _fits(one, kind):
            one = person(draw, known)
        a, b = _other(one, kind, draw, known)
        made.append(_row(a, b, False, kind, one))
    return made


def _fits(one: Person, kind: str) -> bool:
    """Tell whether a kind of false pair makes two people of this one."""
    if kind == "gender_form":
        return one.surname != one._replace(woman=True).family
    return not (kind == "father_son_swap" and one.woman)


def _row(a: str, b: str, match: bool, kind: str, one: Person) -> dict[str, object]:
    row: dict[str, object] = {"a": a, "b": b, "match": match, "category": kind}
    return row | {"eth": one.people, "source": "unseen"}


if __name__ == "__main__":
    seed, people = map(int, sys.argv[1:3])
    out = {"format": 1, "pairs": pairs(people, people * 6, seed=seed)}
    json.dump(out, sys.stdout, ensure_ascii=False, indent=0)
