"""Order of labels, and limits of what may be entered."""

import re

from darbaza.sites.types import SEATS_AT_ONCE, SeatRange

_NUMBER = re.compile(r"(\d+)")


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts "table 2" before "table 10"."""
    parts = (p for p in _NUMBER.split(label) if p)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def fits(seats: SeatRange) -> bool:
    """Tell whether a range of seats can be made in one go: 1 to 200, each for some."""
    return (
        0 <= seats.first <= seats.last
        and seats.last - seats.first < SEATS_AT_ONCE
        and seats.people > 0
        and all(len(label) <= 20 for label in seats.labels())
    )
