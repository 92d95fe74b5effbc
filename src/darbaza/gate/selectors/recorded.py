"""What an entrance has on record of its own days, to begin a what-if with.

The stamps of tickets come first; where nobody takes a ticket, the desk's own times do.
"""

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Avg, Count, ExpressionWrapper, F, QuerySet
from django.db.models import DurationField as Duration
from django.db.models.functions import TruncDate
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.models import Draft
from darbaza.gate.selectors import waits
from darbaza.gate.types import Recorded
from darbaza.gate.waits import Spread, Stage, spread

LOOKED_AT = timedelta(days=28)
LEFT_LYING = timedelta(hours=1)
"""A draft that was open longer lay there."""
OVERNIGHT = timedelta(hours=5)
"""Who stayed longer was at a long visit, which uses no place of the short ones."""


@requires(Permission.WAIT_PLAN)
def recorded(*, by: Actor, at: datetime) -> Recorded:
    """Return the figures of the last four weeks where the actor acts."""
    visits = _days(_rows("visits", "Visit", by), "registered_at", at)
    parcels = _days(_rows("parcels", "Sending", by), "handed_in_at", at)
    days = len({*visits, *parcels})
    families = sum(visits.values()) + sum(parcels.values())
    today = timezone.localdate(at)
    stamped = waits.measured_minutes(today - LOOKED_AT, today, by=by)
    on_paper = spread(waits.on_paper(by=by).get(Stage.DESK, []))
    return Recorded(
        days=days,
        families=families / days if days else None,
        parcels=sum(parcels.values()) / families if families else None,
        desk_minutes=_mean(stamped.visit_desk)
        or _minutes(
            Draft.objects.filter(institution_id=by.institution_id),
            ("opened_at", "done_at"), LEFT_LYING, at,
        ),
        paper_minutes=_mean(on_paper),
        search_minutes=_mean(stamped.search),
        visit_minutes=_minutes(
            _rows("visits", "Visitor", by), ("came_in_at", "left_at"), OVERNIGHT, at
        ),
        seats=_rows("sites", "Seat", by).filter(closed_on=None).count() or None,
    )  # fmt: skip


def _mean(times: Spread | None) -> float | None:
    return times.mean if times else None


def _rows(room: str, model: str, by: Actor) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = apps.get_model(room, model)._default_manager.all()
    return rows.filter(institution_id=by.institution_id)


def _days(rows: QuerySet[Any, Any], moment: str, at: datetime) -> dict[Any, int]:
    """Return how many rows there were on each day that had any."""
    span = rows.filter(**{f"{moment}__gt": at - LOOKED_AT, f"{moment}__lte": at})
    by_day = span.order_by().annotate(day=TruncDate(moment)).values("day")
    return dict(by_day.annotate(count=Count("pk")).values_list("day", "count"))


def _minutes(
    rows: QuerySet[Any, Any], ends: tuple[str, str], most: timedelta, at: datetime
) -> float | None:
    """Return the mean minutes between two stamps, without what took unlike long."""
    begun, done = ends
    took = ExpressionWrapper(F(done) - F(begun), output_field=Duration())
    span = rows.filter(**{f"{done}__gt": at - LOOKED_AT, f"{done}__lte": at})
    likely = span.annotate(took=took).filter(took__gt=timedelta(), took__lt=most)
    mean = likely.aggregate(mean=Avg("took"))["mean"]
    return mean.total_seconds() / 60 if mean else None
