"""Invented people: common names combined at random, numbers that cannot exist.

Personal numbers end in a serial that starts with 00, documents are of the series ZZ,
telephones of the area 000: none of them is given out. Check digits are right, so that
every reader and every form takes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import count
from random import Random
from typing import Final

import yaml

from darbaza.persons import mrz, names
from darbaza.persons.mrz.types import Document, Format
from darbaza.persons.types import DocumentDraft, PersonDraft

_WEIGHTS: Final = {"kyrgyz": 70, "uzbek": 16, "russian": 14}
_YEAR: Final = timedelta(days=365)
# kinship: sex ("" any, "-" the other one), years older than the prisoner, same surname
_KIN: Final[Mapping[str, tuple[str, tuple[int, int], float]]] = {
    "spouse": ("-", (-6, 3), 0.7),
    "parent": ("F", (20, 32), 0.9),
    "child": ("", (-30, -19), 0.9),
    "sibling": ("", (-12, 12), 0.8),
    "grandparent": ("F", (42, 56), 0.5),
    "relative": ("", (-15, 20), 0.4),
    "friend": ("", (-10, 10), 0.0),
    "partner": ("-", (-8, 4), 0.0),
    "lawyer": ("", (-5, 20), 0.0),
    "clergy": ("M", (0, 25), 0.0),
}


def _loaded() -> dict[str, dict[str, list[str]]]:
    text = (files("darbaza.demo") / "data" / "names.yml").read_text("utf-8")
    return {
        nation: {sort: words.split() for sort, words in lists.items()}
        for nation, lists in yaml.safe_load(text).items()
    }


NAMES: Final = _loaded()


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person with the document that they carry."""

    person: PersonDraft
    document: DocumentDraft
    nation: str


class People:
    """Invents people from one source of chance; no number is used twice.

    Args:
        chance: Where all choices come from; the same seed, the same people.
        today: The day on which they are as old as asked for.
        start: First serial: builders that share a database need ranges of their own.
    """

    def __init__(self, chance: Random, today: date, *, start: int = 0) -> None:
        self._chance = chance
        self._today = today
        self._serial = count(start + 1)
        self._numbers: set[str] = set()

    def prisoner(self, sex: str, ages: tuple[int, int]) -> Somebody:
        """Return somebody of this sex, between two ages in years."""
        return self._make(sex, self._birth(ages), self._nation())

    def called(self, surname: str, given: str, sex: str, age: int) -> Somebody:
        """Return somebody of a chosen name and about this age."""
        made = self._make(sex, self._birth((age, age + 1)), "kyrgyz")
        person = replace(
            made.person,
            surname=surname,
            given_names=given,
            patronymic="",
            surname_latin=names.latin(surname).upper(),
            given_names_latin=names.latin(given).upper(),
        )
        return replace(made, person=person)

    def relative(self, of: Somebody, kinship: str) -> Somebody:
        """Return somebody who could be of this kin to ``of``."""
        wanted, years, same = _KIN[kinship]
        other = "F" if of.person.sex == "M" else "M"
        sex = other if wanted == "-" else wanted or self._chance.choice("FM")
        gap = self._chance.randint(*years) * _YEAR
        birth = (of.person.birth_on or self._today) - gap
        youngest = self._today - 19 * _YEAR
        surname = of.person.surname if self._chance.random() < same else ""
        nation = of.nation if surname else self._nation()
        return self._make(sex, min(birth, youngest), nation, surname)

    def child(self, of: Somebody, ages: tuple[int, int] = (2, 16)) -> Somebody:
        """Return a child of ``of``, under age, with a birth certificate."""
        sex = self._chance.choice("FM")
        child = self._make(sex, self._birth(ages), of.nation, of.person.surname)
        paper = DocumentDraft(
            "birth_certificate", child.document.number, "KGZ", source="typed"
        )
        return replace(child, document=paper)

    def _nation(self) -> str:
        return self._chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]

    def _birth(self, ages: tuple[int, int]) -> date:
        days = self._chance.randint(ages[0] * 366, ages[1] * 365)
        return self._today - timedelta(days=days)

    def _make(self, sex: str, birth: date, nation: str, surname: str = "") -> Somebody:
        serial = next(self._serial)
        family, given, patronymic = self._named(sex, nation, surname)
        person = PersonDraft(
            surname=family,
            given_names=given,
            patronymic=patronymic,
            surname_latin=names.latin(family).upper(),
            given_names_latin=names.latin(given).upper(),
            sex=sex,
            birth_on=birth,
            citizenship="KGZ",
            personal_number=self._number(sex, birth, serial),
            phone=f"+996 000 {serial // 1000 % 1000:03d} {serial % 1000:03d}",
            language="ru" if nation == "russian" else "ky",
        )
        return Somebody(person, self._document(person, serial), nation)

    def _number(self, sex: str, birth: date, serial: int) -> str:
        made = (personal_number(sex, birth, n) for n in count(serial))
        number = next(n for n in made if n not in self._numbers)
        self._numbers.add(number)
        return number

    def _named(self, sex: str, nation: str, surname: str) -> tuple[str, str, str]:
        lists, woman = NAMES[nation], sex == "F"
        given = self._chance.choice(lists["women" if woman else "men"])
        father = self._chance.choice(lists["fathers"])
        family = gendered(surname or self._chance.choice(lists["surnames"]), sex)
        if nation == "russian":
            return family, given, patronymic(father, sex)
        form = self._chance.random()
        if form < 0.25:
            return f"{father} {'кызы' if woman else 'уулу'}", given, ""
        if form < 0.55:
            return family, given, ""
        return family, given, patronymic(father, sex)

    def _document(self, person: PersonDraft, serial: int) -> DocumentDraft:
        card = self._chance.random() < 0.6
        years = self._chance.randint(1, 9)
        ends = self._today + timedelta(days=years * 365 + serial % 300)
        number = f"ZZ{1_000_000 + serial:07d}"
        lines = zone(person, number, ends, card=card)
        return DocumentDraft(
            kind="id_card" if card else "passport",
            number=number,
            issuer="KGZ",
            issued_on=ends - 10 * _YEAR,
            expires_on=ends,
            mrz="\n".join(lines),
            source="reader",
        )


def zone(
    person: PersonDraft, number: str, ends: date, *, card: bool
) -> tuple[str, ...]:
    """Return the machine-readable zone of a card or a passport of the series ZZ."""
    document = Document(
        format=Format.TD1 if card else Format.TD3,
        document_code="ID" if card else "P",
        issuer="KGZ",
        document_number=number,
        birth_date=f"{person.birth_on:%y%m%d}",
        sex=person.sex,
        expiry_date=f"{ends:%y%m%d}",
        nationality="KGZ",
        surname=person.surname_latin,
        given_names=person.given_names_latin,
        optional1=person.personal_number,
    )
    return mrz.write(document)


def personal_number(sex: str, birth: date, serial: int) -> str:
    """Return 14 digits of the right shape with a serial from 00000 to 00999."""
    return f"{'1' if sex == 'F' else '2'}{birth:%d%m%Y}{serial % 1_000:05d}"


def gendered(surname: str, sex: str) -> str:
    """Return a surname as a woman or a man bears it; forms with уулу and кызы too."""
    words = surname.split()
    if words[-1] in {"уулу", "кызы"}:
        return f"{words[0]} {'кызы' if sex == 'F' else 'уулу'}"
    stem = surname.removesuffix("а") if surname.endswith(("ва", "на")) else surname
    return f"{stem}а" if sex == "F" else stem


def patronymic(father: str, sex: str) -> str:
    """Return the patronymic after the rules of Russian, as documents have it."""
    ending = "на" if sex == "F" else "ич"
    if father.endswith(("ий", "ей")):
        stem = father[:-2] + ("ье" if father.endswith("ий") else "ее")
        return f"{stem}в{ending}"
    if father.endswith("а"):
        return f"{father}ев{ending}" if sex == "F" else f"{father}евич"
    if father.endswith(("й", "ь")):
        return f"{father[:-1]}ев{ending}"
    return _SPECIAL.get(father, father) + f"ов{ending}"


_SPECIAL: Final = {"Пётр": "Петр", "Павел": "Павл"}
