"""Who is inside now, who is overdue, which passes are still out."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.models import Pass
from darbaza.gate.types import Inside, Occupancy
from darbaza.sites import selectors as sites
from darbaza.visits import selectors as visits


@requires(Permission.VISIT_SEE)
def inside_now(*, by: Actor) -> list[Inside]:
    """Return every visitor inside the actor's institution, longest overdue first."""
    rows = visits.visitors_inside(by=by).select_related(
        "person", "visit__prisoner__person", "visit__session__room", "visit__seat"
    )
    return [
        Inside(
            visitor_id=row.pk,
            visit_id=row.visit_id,
            name=row.person.name,
            reference=row.visit.reference,
            part=row.part,
            prisoner=str(row.visit.prisoner.person.name),
            room=row.visit.session.room.name if row.visit.session else "",
            seat=row.visit.seat.label if row.visit.seat else "",
            came_in_at=row.came_in_at,
            ends_at=row.visit.ends_at,
        )
        for row in rows.order_by("visit__ends_at", "came_in_at")
    ]


@requires(Permission.VISIT_SEE)
def occupancy(*, by: Actor, at: datetime) -> Occupancy:
    """Return how many are inside against the capacity of the entrance."""
    found = visits.visitors_inside(by=by).aggregate(
        inside=Count("id"), overdue=Count("id", filter=Q(visit__ends_at__lte=at))
    )
    capacity = sites.institution(by.institution_id, by=by).entrance_capacity
    return Occupancy(found["inside"], capacity, found["overdue"])


@requires(Permission.VISIT_SEE)
def outstanding(*, by: Actor) -> QuerySet[Pass]:
    """Return the valid passes whose bearer came in and has not left."""
    return Pass.objects.filter(
        institution_id=by.institution_id, status="valid", visitor__status="inside"
    ).select_related("visitor__person", "visitor__visit")
