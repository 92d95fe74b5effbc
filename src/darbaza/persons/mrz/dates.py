"""Dates of a zone: six characters, two for the year, any part may be unknown."""

from calendar import monthrange
from datetime import date

from darbaza.persons.mrz.alphabet import FILLER

_UNKNOWN = frozenset({FILLER * 2, "00"})


def possible(printed: str) -> bool:
    """Tell whether YYMMDD can be a date; unknown parts are ``<<`` (some print 00)."""
    year, month, day = printed[:2], printed[2:4], printed[4:6]
    if not all(part.isdigit() or part == FILLER * 2 for part in (year, month, day)):
        return False
    month_fits = month in _UNKNOWN or 1 <= int(month) <= 12
    if not month_fits or day in _UNKNOWN:
        return month_fits
    return int(day) <= _longest(year, month)


def _longest(year: str, month: str) -> int:
    if month in _UNKNOWN:
        return 31
    # 2000 and 1600 are leap years, 1900 is not: an unknown century may be either.
    leap = not year.isdigit() or int(year) % 4 == 0
    return monthrange(2000 if leap else 2001, int(month))[1]


def birth(printed: str, *, on: date) -> date | None:
    """Return the newest day that fits and is not after ``on``: nobody is born later.

    People of a hundred years and more need the century from elsewhere (the personal
    number). Nothing is returned where a part is unknown.
    """
    return _newest(printed, latest=on)


def expiry(printed: str, *, on: date) -> date | None:
    """Return the day within fifty years before and after ``on``."""
    return _newest(printed, latest=date(on.year + 50, 12, 31))


def _newest(printed: str, *, latest: date) -> date | None:
    if (
        not printed.isdigit()
        or not possible(printed)
        or "00"
        in (
            printed[2:4],
            printed[4:6],
        )
    ):
        return None
    century = latest.year // 100 * 100
    for start in (century, century - 100):
        year, month, day = start + int(printed[:2]), int(printed[2:4]), int(printed[4:])
        if day <= monthrange(year, month)[1]:
            found = date(year, month, day)
            if found <= latest:
                return found
    return None
