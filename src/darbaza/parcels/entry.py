"""What an officer types into the one box for goods: pieces, what it is, grams.

``2 tea`` two pieces of tea; ``sugar 1,5 kg``, ``sugar 1500`` by weight; ``3 soap 300``
both. A number without a unit behind the word counts pieces up to ``MOST_BEHIND`` and
grams above, because nobody brings twenty grams of anything. Plain Python; reading
never raises.
"""

import re
from dataclasses import dataclass

from darbaza.kernel.errors import Invalid

MOST_BEHIND = 20
"""A bare number behind the word up to this is pieces: "soap 3"."""
TEXT_AT_MOST = 200
HEAVIEST_G = 1_000_000
"""A line or a sending above a tonne is a slip of the hand."""
MOST_PIECES = 10_000
_FRONT = re.compile(
    r"^(-?\d{1,5})\s*(?:шт\.?|pcs?|даана|[xх×*])?\s+(?=\S)", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s+(-?\d{1,7}(?:[.,]\d{1,3})?)\s*(кг|kg|к|k|грамм|гр|г|gr|g|шт\.?|даана|pcs?)?$",
    re.IGNORECASE,
)
_KILO = {"кг", "kg", "к", "k"}
_PIECES = {"шт", "шт.", "даана", "pc", "pcs"}


@dataclass(frozen=True, slots=True)
class Quick:
    """One line as typed; what was not typed is None."""

    words: str
    quantity: int | None = None
    grams: int | None = None


def parse(text: str) -> Quick:
    """Take a typed line apart; what is no number stays among the words."""
    rest = " ".join(text[:TEXT_AT_MOST].split())
    quantity = grams = None
    front = _FRONT.match(rest)
    if front:
        quantity, rest = int(front[1]), rest[front.end() :]
    behind = _BEHIND.search(rest)
    if behind:
        number, unit = behind[1].replace(",", "."), (behind[2] or "").casefold()
        rest = rest[: behind.start()]
        if unit in _PIECES or (not unit and _counts(number) and quantity is None):
            quantity = int(float(number))
        else:
            grams = _grams(number, unit)
    return Quick(rest, quantity, grams)


def check_line(number: int, quantity: int, grams: int) -> None:
    """Refuse pieces and grams that no line can have.

    Raises:
        Invalid: ``line`` is its number, from 1.
    """
    if not 0 < quantity <= MOST_PIECES:
        raise Invalid("quantity_impossible", line=number, most=MOST_PIECES)
    if not 0 <= grams <= HEAVIEST_G:
        raise Invalid("weight_impossible", line=number)


def weight(text: str) -> int | None:
    """Return a weight typed alone, in grams: "4,5" and "4.5 kg" are 4500, "450" is 450.

    None for anything that is no weight.
    """
    found = re.fullmatch(
        r"(-?\d{1,7}(?:[.,]\d{1,3})?)\s*(кг|kg|г|гр|g)?", text.strip(), re.IGNORECASE
    )
    if found is None:
        return None
    number, unit = found[1].replace(",", "."), (found[2] or "").casefold()
    return _grams(number, unit)


def _counts(number: str) -> bool:
    return "." not in number and int(number) <= MOST_BEHIND


def _grams(number: str, unit: str) -> int:
    """Return grams; a number with a comma and no unit is kilograms."""
    kilo = unit in _KILO or (not unit and "." in number)
    return round(float(number) * (1000 if kilo else 1))
