"""Pairs of names made of syllables, so that no list of names can know them.

Spelling habits here are drawn letter by letter, each name in its own hand.
"""

import random
from typing import NamedTuple

_SYLLABLES = """
    ба бе жа жо жу ка кы ку ма ме на ну ра ры са су та то ту ша ши ча чо
    дөр күн мүң төң бай бек хан гул лат мир дин нур сын тал шар жол чын зар
    яр юс ёл ель хал щек цен фай вал пул лиз заң гыр
"""
#: Ways to write a Cyrillic letter in Latin; the first is the passport's.
_WAYS = {
    **dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True)),
    "ж": "zh zh zh dzh j dj",
    "й": "i y",
    "х": "kh h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ы": "y y i",
    "э": "e",
    "ю": "iu yu",
    "я": "ia ya",
    "ё": "e yo",
    "ө": "o",
    "ү": "u",
    "ң": "n ng",
    "ь": "",
}


class Pair(NamedTuple):
    """Two names, whether they are one person's, and what was done to them."""

    a: str
    b: str
    same: bool
    kind: str


class Person(NamedTuple):
    """A name by its parts, without endings."""

    surname: str
    given: str
    father: str
    woman: bool

    def text(self, *, father: bool = True) -> str:
        words = [f"{self.surname}ов{'а' * self.woman}", self.given]
        if father:
            words.append(f"{self.father}{'овна' if self.woman else 'ович'}")
        return " ".join(word.capitalize() for word in words)

    def uulu(self) -> str:
        kin = "кызы" if self.woman else "уулу"
        return f"{self.father.capitalize()} {kin} {self.given.capitalize()}"


def _name(draw: random.Random) -> str:
    """Make a name of two or three syllables that ends in a consonant."""
    while True:
        name = "".join(draw.choices(_SYLLABLES.split(), k=draw.choice([2, 3])))
        if name[-1] not in "аеёиоуыэюяөүь" and len(name) > 4:
            return name


def _person(draw: random.Random) -> Person:
    return Person(_name(draw), _name(draw), _name(draw), draw.random() < 0.4)


def _latin(text: str, draw: random.Random) -> str:
    ways = {char: draw.choice(forms.split(" ")) for char, forms in _WAYS.items()}
    return "".join(ways.get(char, char) for char in text.lower()).title()


def _zone(text: str, draw: random.Random, width: int) -> str:
    surname, *rest = _latin(text, draw).upper().split()
    return f"{surname}<<{'<'.join(rest)}".ljust(width, "<")[:width]


def _slip(text: str, draw: random.Random) -> str:
    """Drop, double or turn one letter inside the longest word."""
    word = max(text.split(), key=len)
    i = draw.randrange(2, len(word) - 3)
    turned = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    slips = [word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:], turned]
    return text.replace(word, draw.choice(slips))


def _same(one: Person, draw: random.Random) -> list[Pair]:
    full, short = one.text(), one.text(father=False)
    turned = " ".join(short.split()[::-1])
    forms = [
        (full, _latin(full, draw), "latin"),
        (full, _latin(short, draw).upper(), "no_patronymic"),
        (short, _latin(turned, draw), "order"),
        (full, _zone(full, draw, 39), "zone"),
        (full, _zone(full, draw, 30), "zone_cut"),
        (short, _slip(_latin(short, draw), draw), "slip"),
        (one.uulu(), _latin(one.uulu(), draw).upper(), "uulu"),
    ]
    return [Pair(a, b, same=True, kind=kind) for a, b, kind in forms]


def _other(one: Person, draw: random.Random) -> list[Pair]:
    sibling, cousin = one._replace(given=_name(draw)), one._replace(surname=_name(draw))
    son = one._replace(given=one.father, father=one.given)
    namesake = one._replace(father=_name(draw))
    spouse = one._replace(woman=not one.woman)
    forms = [
        (one.text(), _latin(sibling.text(), draw), "sibling"),
        (one.text(), _zone(cousin.text(father=False), draw, 39), "surname"),
        (one.text(), _latin(son.text(), draw), "father_and_son"),
        (one.text(), _latin(namesake.text(), draw), "patronymic"),
        (one.text(), _latin(spouse.text(father=False), draw), "sex"),
        (one.uulu(), _latin(son.uulu(), draw), "uulu_turned"),
    ]
    return [Pair(a, b, same=False, kind=kind) for a, b, kind in forms]


def pairs(people: int, *, seed: int) -> list[Pair]:
    """Return seven true and six false pairs for each of so many invented people."""
    draw = random.Random(seed)
    made = [_person(draw) for _ in range(people)]
    return [pair for one in made for pair in (*_same(one, draw), *_other(one, draw))]
