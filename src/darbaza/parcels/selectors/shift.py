"""The shift in figures, and patterns of the last weeks, for whoever supervises."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.entitlements import selectors as entitlements
from darbaza.parcels import patterns
from darbaza.parcels.models import Bag, Finding, Inspection, Override, Search, Sending
from darbaza.parcels.patterns import Pattern, Sent
from darbaza.parcels.types import ALLOWANCES

RULE = "parcels.pattern"
Row = tuple[str, tuple[int, ...]]
"""A name with its counts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What came in, was refused and was seized between two moments."""

    came: int
    refused: int
    inspected: int
    found: int
    searched: int
    no_consent: int
    under_seal: int
    channels: tuple[Row, ...]
    """By channel: came in, refused."""
    officers: tuple[Row, ...]
    """By officer: registered, refused, looked into, found, set aside."""
    categories: tuple[Row, ...]
    """By category of what was found: times."""
    overrides: tuple[Row, ...]
    """By officer who answers: times."""


@requires(Permission.OVERRIDE_SEE)
def shift_picture(first: datetime, last: datetime, *, by: Actor) -> Picture:
    """Return a span in figures; ``last`` is excluded.

    Counted from the rows each time, of every institution that the actor sees.
    """
    span = {"institution_id__in": by.sees}
    handed = {"handed_in_at__gte": first, "handed_in_at__lt": last}
    at = {"at__gte": first, "at__lt": last}
    sendings = Sending.objects.filter(**span, **handed).exclude(status="cancelled")
    looks = Inspection.objects.filter(**span, **at)
    found = Finding.objects.filter(**span, **at, withdrawn_at=None)
    searches = Search.objects.filter(**span, **at)
    overrides = Override.objects.filter(**span, **at)
    refused = sendings.filter(status="refused")
    return Picture(
        came=sendings.count(),
        refused=refused.count(),
        inspected=looks.values("bag").distinct().count(),
        found=found.count(),
        searched=searches.exclude(result="no_consent").count(),
        no_consent=searches.filter(result="no_consent").count(),
        under_seal=Bag.objects.filter(**span, where__in=["held", "seized"]).count(),
        channels=_beside(_tally(sendings, "channel"), _tally(refused, "channel")),
        officers=_beside(
            _tally(sendings, "registered_by"),
            _tally(refused, "registered_by"),
            _tally(looks, "by_name"),
            _tally(found, "by_name"),
            _tally(overrides, "by_name"),
        ),
        categories=_beside(_tally(found, "category")),
        overrides=_beside(_tally(overrides, "by_name")),
    )


def _tally(rows: QuerySet[Any], column: str) -> Counter[str]:
    return Counter(rows.order_by().values_list(column, flat=True))


def _beside(*tallies: Counter[str]) -> tuple[Row, ...]:
    """Lay tallies beside each other, the most frequent first."""
    names = {name for tally in tallies for name in tally}
    rows = [(name, tuple(tally[name] for tally in tallies)) for name in names]
    return tuple(sorted(rows, key=lambda row: (-sum(row[1]), row[0])))


@requires(Permission.OVERRIDE_SEE)
def pattern_days(on: date, *, by: Actor) -> int:
    """Return over how many days patterns are looked for; 0 without a rule."""
    days = entitlements.figures(on, by=by).get(RULE, {}).get("days")
    return days if isinstance(days, int) else 0


@requires(Permission.OVERRIDE_SEE)
def found_patterns(on: date, *, by: Actor) -> list[Pattern]:
    """Return the patterns of the days up to ``on``, with their counts.

    Medicine and letters of lawyers are no pattern: those are sent to many by calling.
    """
    figures = entitlements.figures(on, by=by)
    until = timezone.make_aware(datetime.combine(on + timedelta(days=1), time()))
    since = until - timedelta(days=pattern_days(on, by=by))
    rows = Sending.objects.filter(
        institution_id__in=by.sees, channel__in=[str(c) for c in ALLOWANCES],
        handed_in_at__gte=since, handed_in_at__lt=until,
    ).exclude(status="cancelled")  # fmt: skip
    rows = rows.select_related("sender", "prisoner__person")
    sent = _sent(rows, {c: figures.get(f"parcels.weight.{c}", {}) for c in ALLOWANCES})
    return patterns.found(sent, figures.get(RULE, {}))


def _sent(rows: Iterable[Sending], limits: Any) -> Iterable[Sent]:
    for row in rows:
        name = row.sender.name if row.sender else row.sender_name
        yield Sent(
            sender=str(row.sender_id or f"={row.sender_name.casefold()}"),
            sender_name=name,
            prisoner=str(row.prisoner_id),
            prisoner_name=row.prisoner.person.name,
            grams=row.grams,
            most_g=limits.get(row.channel, {}).get("most_g"),
        )
