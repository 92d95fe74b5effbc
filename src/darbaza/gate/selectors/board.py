"""Who is inside now, who is overdue, which passes are still out, who must get out."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.models import Pass
from darbaza.gate.types import Evacuation, Inside, Occupancy, RoomOfPeople, Running
from darbaza.kernel.db import Prepared
from darbaza.persons import selectors as persons
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
            came_in_at=row.came_in_at or row.visit.starts_at,
            ends_at=row.visit.ends_at,
        )
        for row in rows.order_by("visit__ends_at", "came_in_at")
    ]


@requires(Permission.VISIT_SEE)
def occupancy(*, by: Actor, at: datetime) -> Occupancy:
    """Return how many are inside against the capacity of the entrance: one query."""
    row = _occupancy.first(here=by.institution_id, at=at)
    return Occupancy(*row) if row else Occupancy(0, 0, 0)


def _counted(here: UUID, at: datetime) -> QuerySet[Any, Any]:
    visitors = apps.get_model("visits", "Visitor")._default_manager
    institutions = apps.get_model("sites", "Institution")._default_manager
    inside = visitors.filter(institution_id=OuterRef("pk"), status="inside")
    overdue = Count("id", filter=Q(visit__ends_at__lte=at))
    counts = inside.order_by().values("institution_id")
    counts = counts.annotate(all=Count("id"), late=overdue)
    figures = ("all_inside", "entrance_capacity", "all_late")
    return (
        institutions.filter(pk=here)
        .annotate(
            all_inside=Coalesce(Subquery(counts.values("all")), 0),
            all_late=Coalesce(Subquery(counts.values("late")), 0),
        )
        .values_list(*figures)
    )


_occupancy = Prepared(_counted)


@requires(Permission.VISIT_SEE)
def outstanding(*, by: Actor) -> QuerySet[Pass]:
    """Return the valid passes whose bearer came in and has not left."""
    return Pass.objects.filter(
        institution_id=by.institution_id, status="valid", visitor__status="inside"
    ).select_related("visitor__person", "visitor__visit")


@requires(Permission.VISIT_SEE)
def running(*, by: Actor, at: datetime) -> list[Running]:
    """Return today's sessions that run or open within the hour, people counted."""
    soon = at + timedelta(hours=1)
    return [
        _running(slot, slot.session_id, by)
        for slot in visits.sessions_on(timezone.localdate(at), by=by)
        if slot.session_id and slot.starts_at <= soon and slot.ends_at > at
    ]


def _running(slot: visits.Slot, session_id: UUID, by: Actor) -> Running:
    count = visits.head_count(session_id, by=by)
    return Running(
        session_id=session_id,
        room=slot.room.name,
        kind=slot.kind,
        name=slot.name,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        taken=slot.taken,
        places=slot.places,
        visitors=count.visitors,
        children=count.children,
        prisoners=count.prisoners,
        missing_prisoners=count.missing_prisoners,
    )


@requires(Permission.VISIT_SEE)
def calls_open(*, by: Actor, at: datetime) -> list[Any]:
    """Return today's visits whose prisoner was called or brought and is not back."""
    rows = visits.call_list(timezone.localdate(at), by=by)
    open_calls = rows.filter(call__result__in=["called", "brought"])
    return list(open_calls.order_by("call__called_at"))


@requires(Permission.VISIT_SEE)
def found_inside(text: str, *, by: Actor) -> list[Any]:
    """Return who is inside and may be meant: by name in any script, or reference."""
    rows = visits.visitors_inside(by=by).select_related("person", "visit", "photo")
    everybody = list(rows.order_by("person__surname", "came_in_at"))
    wanted = text.strip().casefold()
    if not wanted:
        return everybody
    alike = {hit.person_id for hit in persons.search(wanted, by=by, limit=50)}
    return [v for v in everybody if v.person_id in alike or wanted in _said(v)]


def _said(visitor: Any) -> str:
    person = visitor.person
    return f"{person.name} {person.name_latin} {visitor.visit.reference}".casefold()


@requires(Permission.GATE_BOARD)
def at_visits(*, by: Actor, at: datetime) -> Evacuation:
    """Return everybody at visits now, grouped by room: visitors and prisoners."""
    visitors, prisoners = defaultdict(list), defaultdict(list)
    for one in inside_now(by=by):
        visitors[one.room].append(one)
    calls = apps.get_model("visits", "Call")._default_manager.filter(
        institution_id=by.institution_id, brought_at__isnull=False, returned_at=None
    )
    for call in calls.select_related(
        "visit__session__room", "visit__prisoner__person", "visit__prisoner__block"
    ):
        session, held = call.visit.session, call.visit.prisoner
        room = session.room.name if session else ""
        block = held.block.code if held.block else ""
        prisoners[room].append((held.number, held.person.name, block))
    rooms = sorted({*visitors, *prisoners})
    return Evacuation(
        at,
        tuple(
            RoomOfPeople(
                name,
                tuple(sorted(visitors[name], key=lambda one: one.name)),
                tuple(sorted(prisoners[name])),
            )
            for name in rooms
        ),
    )


@requires(Permission.VISIT_SEE)
def passages(*, by: Actor, at: datetime, limit: int = 8) -> list[Any]:
    """Return who went in or out last today, newest first."""
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = apps.get_model("visits", "Visitor")._default_manager.filter(
        institution_id=by.institution_id, came_in_at__gte=day
    )
    latest = rows.select_related("person", "visit").annotate(
        passed_at=Coalesce("left_at", "came_in_at")
    )
    return list(latest.order_by("-passed_at")[:limit])
