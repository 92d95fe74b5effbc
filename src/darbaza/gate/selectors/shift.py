"""A shift in figures, counted from the record and the rows, never kept as counters."""

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.gate.types import Shift
from darbaza.kernel.decisions import Decision, Effect
from darbaza.visits import selectors as visits

STEPS = (
    "visit.registered",
    "visit.arrived",
    "visit.booked",
    "visit.refused",
    "visit.admitted",
    "visit.not_admitted",
    "visit.let_out",
    "visit.cancelled",
    "visit.moved",
    "visit.ended_early",
    "gate.code_refused",
    "gate.pass_lost",
    "gate.left_without_pass",
    "gate.other_person",
    "gate.deposit_taken",
    "gate.deposit_returned",
    "gate.came_in",
    "gate.went_out",
    "gate.vehicle_in",
    "gate.vehicle_turned_away",
    "gate.money_brought",
)
"""The events that a report counts."""


@requires(Permission.GATE_BOARD)
def shift(first: datetime, last: datetime, *, by: Actor) -> Shift:
    """Return what happened from ``first`` (included) to ``last`` (excluded)."""
    here = {"institution_id": by.institution_id}
    span = {"at__gte": first, "at__lt": last}
    events = record.events(institutions={by.institution_id}).filter(
        type__in=STEPS, **span
    )
    counted = dict(events.order_by().values_list("type").annotate(Count("seq")))
    registered = visits.visits(visits.Filters(), by=by).filter(
        registered_at__gte=first, registered_at__lt=last, **here
    )
    taken = registered.exclude(status__in=["refused", "booked"])
    kinds = taken.order_by().values("kind")
    rows = kinds.annotate(
        visits=Count("id", distinct=True), people=Count("visitors")
    ).values_list("kind", "visits", "people")
    later = visits.visits(visits.Filters(), by=by).filter(
        entered_at__gte=first, entered_at__lt=last, source="paper", **here
    )
    return Shift(
        first=first,
        last=last,
        steps={code: counted.get(code, 0) for code in STEPS},
        kinds=tuple(sorted(rows)),
        refused=_refused(first, last, by),
        overrides=_overrides(first, last, by),
        entered_later=later.order_by().count(),
    )


def _refused(first: datetime, last: datetime, by: Actor) -> tuple[tuple[str, int], ...]:
    rows = visits.refusals(by=by).filter(
        institution_id=by.institution_id, at__gte=first, at__lt=last
    )
    times: Counter[str] = Counter()
    for facts in rows.order_by().values_list("grounds", flat=True):
        grounds = Decision.of_facts(facts).grounds
        times.update({g.code for g in grounds if g.effect is Effect.BLOCK})
    return tuple(times.most_common())


def _overrides(
    first: datetime, last: datetime, by: Actor
) -> tuple[tuple[str, int], ...]:
    if not by.may(Permission.OVERRIDE_SEE):
        return ()
    days = timezone.localdate(first), timezone.localdate(last) + timedelta(days=1)
    rows = visits.overrides(*days, by=by).filter(
        institution_id=by.institution_id, at__gte=first, at__lt=last
    )
    times = Counter(rows.order_by().values_list("by_name", flat=True))
    return tuple(times.most_common())
