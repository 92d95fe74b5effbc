"""Rules of the register: isolation, places, what an order may say. No database."""

from collections.abc import Iterable
from datetime import date, timedelta

from darbaza.custody.types import (
    CLOSE_RELATIVES,
    ISOLATION_DAYS_AT_MOST,
    Cellmate,
    Placement,
)
from darbaza.kernel.decisions import Decision, Ground, Rule, block, warn
from darbaza.kernel.periods import Period

NMR_11 = Rule("nmr.11", verified=True, basis="Nelson Mandela Rules, rule 11")
NMR_12 = Rule("nmr.12", verified=True, basis="Nelson Mandela Rules, rule 12")
NMR_43 = Rule("nmr.43", verified=True, basis="Nelson Mandela Rules, rules 43 and 44")
ADULT_YEARS = 18


def consecutive_days(periods: Iterable[Period], new: Period) -> int:
    """Return the length in days of the unbroken run of isolation around ``new``.

    A period that ends where another begins is the same isolation: letting somebody
    out for an hour between two orders does not begin the count anew.
    """
    starts, ends = new.starts_on, new.ends_on
    rest = [p for p in periods if p.starts_on < p.ends_on]
    joined = True
    while joined:
        joined = False
        for period in list(rest):
            if period.starts_on <= ends and period.ends_on >= starts:
                starts = min(starts, period.starts_on)
                ends = max(ends, period.ends_on)
                rest.remove(period)
                joined = True
    return (ends - starts).days


def may_isolate(periods: Iterable[Period], new: Period) -> Decision:
    """Decide on isolation for the days of ``new``, beside what there was already."""
    days = consecutive_days(periods, new)
    if days <= ISOLATION_DAYS_AT_MOST:
        return Decision()
    most = ISOLATION_DAYS_AT_MOST
    ground = block("isolation_too_long", rule=NMR_43, days=days, at_most=most)
    return Decision((ground,))


def last_isolation_day(starts_on: date, periods: Iterable[Period]) -> date:
    """Return the latest possible day after the last for isolation from ``starts_on``.

    Not after ``starts_on`` means that not one day is left.
    """
    before = [p for p in periods if p.starts_on <= starts_on]
    alone = Period(starts_on, starts_on + timedelta(days=1))
    used = consecutive_days(before, alone) - 1
    return starts_on + timedelta(days=ISOLATION_DAYS_AT_MOST - used)


def place_warnings(facts: Placement) -> Decision:
    """Return every warning about a cell: full, or mixing whom the rules keep apart."""
    grounds: list[Ground] = []
    inside = len(facts.others)
    if inside >= facts.places:
        figures = {"inside": inside + 1, "places": facts.places}
        grounds.append(warn("cell_full", rule=NMR_12, **figures))
    if _mixes(facts.others, "sex", facts.sex, ignore="X"):
        grounds.append(warn("cell_mixes_sexes", rule=NMR_11))
    if _mixes(facts.others, "on_remand", facts.on_remand):
        grounds.append(warn("cell_mixes_remand", rule=NMR_11))
    if _mixes(facts.others, "juvenile", facts.juvenile):
        grounds.append(warn("cell_mixes_ages", rule=NMR_11))
    if facts.kept_apart:
        grounds.append(warn("cell_holds_kept_apart", count=facts.kept_apart))
    return Decision(tuple(grounds))


def juvenile(birth_on: date | None, on: date) -> bool:
    """Tell whether somebody is under 18 on a day; an unknown birthday means adult."""
    if birth_on is None:
        return False
    years = (
        on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))
    )
    return years < ADULT_YEARS


def close_relative(kinship: str) -> bool:
    """Tell whether the law counts this kinship as close (or as spouse)."""
    return kinship in CLOSE_RELATIVES


def level(*, person: bool, prisoner: bool) -> str:
    """Name the level of a restriction: person, pair, or prisoner.

    Raises:
        ValueError: It would hit nobody.
    """
    if person and prisoner:
        return "pair"
    if person:
        return "person"
    if prisoner:
        return "prisoner"
    message = "a restriction needs a person, a prisoner, or both"
    raise ValueError(message)


def _mixes(
    others: tuple[Cellmate, ...], name: str, own: object, ignore: object = None
) -> bool:
    if own == ignore:
        return False
    return any(getattr(o, name) not in (own, ignore) for o in others)
