"""Half-open periods of calendar days: from <= day < to."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``starts_on`` (included) to ``ends_on`` (excluded)."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on


def year_of(day: date) -> Period:
    """Return the calendar year that holds ``day``."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def half_year_of(day: date) -> Period:
    """Return the half of the calendar year that holds ``day``."""
    if day.month <= 6:
        return Period(date(day.year, 1, 1), date(day.year, 7, 1))
    return Period(date(day.year, 7, 1), date(day.year + 1, 1, 1))


def month_of(day: date) -> Period:
    """Return the calendar month that holds ``day``."""
    after = (
        date(day.year + 1, 1, 1)
        if day.month == 12
        else date(day.year, day.month + 1, 1)
    )
    return Period(date(day.year, day.month, 1), after)


LENGTHS = {"year": year_of, "half_year": half_year_of, "month": month_of}


def period_of(day: date, *, length: str) -> Period:
    """Return the period of ``length`` ("year", "half_year", "month") around ``day``.

    Raises:
        KeyError: ``length`` is none of the three.
    """
    return LENGTHS[length](day)
