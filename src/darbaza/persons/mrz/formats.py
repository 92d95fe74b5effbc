"""Where each field lies in each of the five formats (ICAO Doc 9303, parts 4 to 7).

A zone is handled as one flat string: its lines joined. A position is an index into
that string, so that fields and check digits of all formats look the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from darbaza.persons.mrz.alphabet import DIGITS, FILLER, LETTERS, check_digit
from darbaza.persons.mrz.types import Format

_ALPHA = LETTERS + FILLER
_MIXED = LETTERS + DIGITS + FILLER
_NUMERIC = DIGITS + FILLER
ALPHABETS = {
    "document_code": _MIXED,
    "issuer": _ALPHA,
    "names": _ALPHA,
    "document_number": _MIXED,
    "birth_date": _NUMERIC,
    "sex": "MFX" + FILLER,
    "expiry_date": _NUMERIC,
    "nationality": _ALPHA,
    "optional1": _MIXED,
    "optional2": _MIXED,
    "check": _NUMERIC,
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check digit: the field it speaks for, what it covers, where it stands."""

    field: str
    covers: tuple[int, ...]
    at: int

    def fits(self, flat: str) -> bool:
        """Tell whether the printed digit is right; a filler is, for an empty field."""
        covered = "".join(flat[i] for i in self.covers)
        if flat[self.at] == FILLER and self.field != "zone":
            return not covered.strip(FILLER)
        return flat[self.at] == check_digit(covered)


@dataclass(frozen=True, slots=True)
class Layout:
    """One format: its shape, its fields and its plain check digits."""

    format: Format
    rows: int
    width: int
    spans: Mapping[str, tuple[int, int]]
    own_checks: Mapping[str, int]
    composite: tuple[tuple[int, int], ...] = ()
    composite_at: int = -1

    @property
    def size(self) -> int:
        return self.rows * self.width

    @property
    def names_row(self) -> int:
        return self.spans["names"][0] // self.width

    def lines(self, flat: str) -> tuple[str, ...]:
        """Cut the flat zone into its lines."""
        return tuple(flat[i : i + self.width] for i in range(0, self.size, self.width))

    def part(self, flat: str, field: str) -> str:
        """Return one field as printed, fillers and all; empty where there is none."""
        start, stop = self.spans.get(field, (0, 0))
        return flat[start:stop]

    def number_span(self, flat: str) -> tuple[tuple[int, ...], int]:
        """Return the positions of the document number and of its check digit.

        On cards the number may run on into the optional field: then a filler stands
        in place of the check digit (Doc 9303-5 and 9303-6, notes on long numbers).
        """
        start, stop = self.spans["document_number"]
        at = self.own_checks["document_number"]
        first, last = self.spans["optional1"]
        runs_on = self.format in {Format.TD1, Format.TD2} and flat[at] == FILLER
        if not runs_on or FILLER in (flat[stop - 1], flat[first]):
            return tuple(range(start, stop)), at
        end = flat.find(FILLER, first, last)
        end = last if end < 0 else end
        return (*range(start, stop), *range(first, end - 1)), end - 1

    def checks(self, flat: str) -> tuple[Check, ...]:
        """Return every check digit of this zone, the one over all of it last."""
        covers, at = self.number_span(flat)
        found = [Check("document_number", covers, at)]
        for name, place in self.own_checks.items():
            if name != "document_number":
                found.append(Check(name, tuple(range(*self.spans[name])), place))
        if self.composite:
            covered = (i for span in self.composite for i in range(*span))
            found.append(Check("zone", tuple(covered), self.composite_at))
        return tuple(found)

    def field_at(self, position: int) -> str:
        """Name the field that a position belongs to, a check digit to its own."""
        for name, (start, stop) in self.spans.items():
            if start <= position < stop or self.own_checks.get(name) == position:
                return name
        return "zone"

    def alphabet_at(self, position: int) -> str:
        """Return the characters that may stand at a position."""
        if position in self.own_checks.values():
            return ALPHABETS["check"]
        name = self.field_at(position)
        return DIGITS if name == "zone" else ALPHABETS[name]


def _two_rows(form: Format, width: int, *, visa: bool) -> Layout:
    at = width  # start of the second row
    end = 2 * width
    passport = form is Format.TD3
    own = {"document_number": at + 9, "birth_date": at + 19, "expiry_date": at + 27}
    optional_ends = end if visa else end - (2 if passport else 1)
    return Layout(
        format=form,
        rows=2,
        width=width,
        spans={
            "document_code": (0, 2),
            "issuer": (2, 5),
            "names": (5, width),
            "document_number": (at, at + 9),
            "nationality": (at + 10, at + 13),
            "birth_date": (at + 13, at + 19),
            "sex": (at + 20, at + 21),
            "expiry_date": (at + 21, at + 27),
            "optional1": (at + 28, optional_ends),
        },
        own_checks=own | ({"optional1": end - 2} if passport else {}),
        composite=()
        if visa
        else ((at, at + 10), (at + 13, at + 20), (at + 21, end - 1)),
        composite_at=-1 if visa else end - 1,
    )


TD1 = Layout(
    format=Format.TD1,
    rows=3,
    width=30,
    spans={
        "document_code": (0, 2),
        "issuer": (2, 5),
        "document_number": (5, 14),
        "optional1": (15, 30),
        "birth_date": (30, 36),
        "sex": (37, 38),
        "expiry_date": (38, 44),
        "nationality": (45, 48),
        "optional2": (48, 59),
        "names": (60, 90),
    },
    own_checks={"document_number": 14, "birth_date": 36, "expiry_date": 44},
    composite=((5, 30), (30, 37), (38, 45), (48, 59)),
    composite_at=59,
)
TD2 = _two_rows(Format.TD2, 36, visa=False)
TD3 = _two_rows(Format.TD3, 44, visa=False)
MRVA = _two_rows(Format.MRVA, 44, visa=True)
MRVB = _two_rows(Format.MRVB, 36, visa=True)
LAYOUTS = {layout.format: layout for layout in (TD1, TD2, TD3, MRVA, MRVB)}
