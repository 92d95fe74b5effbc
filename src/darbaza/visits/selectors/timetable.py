"""What takes place when, and how much of it is still free."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import NotFound
from darbaza.visits.models import Closure, Session, Template, Visit
from darbaza.visits.policies import changes
from darbaza.visits.selectors import house
from darbaza.visits.selectors.slots import DAY, LONGEST, TAKING, Asked, Slot, Slots


@requires(Permission.TIMETABLE_SEE)
def sessions_on(
    day: date,
    *,
    kind: str | None = None,
    prisoner_id: UUID | None = None,
    institution_id: UUID | None = None,
    by: Actor,
) -> list[Slot]:
    """Return the slots that start on a local day, in order of time.

    Args:
        day: The local day.
        kind: Only this kind of visit.
        prisoner_id: Apply the block rule for this prisoner (``Slot.admits``).
        institution_id: Another institution than the actor's own, if they see it.
        by: Who asks.

    Raises:
        NotFound: The prisoner or the institution does not exist for this actor.
    """
    block = (house.block_of(prisoner_id, by=by),) if prisoner_id else None
    asked = Asked(_seen(institution_id, by), day, day + DAY, kind, block)
    return Slots(asked).all()


@requires(Permission.TIMETABLE_SEE)
def sessions_between(
    first: date,
    last: date,
    *,
    kind: str | None = None,
    prisoner_id: UUID | None = None,
    institution_id: UUID | None = None,
    by: Actor,
) -> list[Slot]:
    """Return the slots from ``first`` (included) to ``last`` (excluded).

    The number of queries does not grow with the number of days. With ``prisoner_id``
    ``Slot.admits`` follows the block rule.
    """
    block = (house.block_of(prisoner_id, by=by),) if prisoner_id else None
    return Slots(Asked(_seen(institution_id, by), first, last, kind, block)).all()


@requires(Permission.TIMETABLE_SEE)
def notice_window(channel: str, today: date, *, by: Actor) -> tuple[int, int]:
    """Return how many days ahead a channel may book at least and at most."""
    windows = house.figures(changes.NOTICE_RULE, today, by=by)
    first, last = windows.get(channel, changes.NOTICE[channel])
    return first, last


@requires(Permission.TIMETABLE_SEE)
def now_or_next(
    kind: str,
    *,
    prisoner_id: UUID,
    closed: bool = False,
    at: datetime,
    by: Actor,
) -> Slot | None:
    """Return where somebody who has just come goes: the slot now or next today.

    A slot with a free place comes before a full one; None when nothing is left today.
    """
    today = timezone.localdate(at)
    slots = sessions_on(today, kind=kind, prisoner_id=prisoner_id, by=by)
    open_ones = [s for s in slots if s.usable and s.ends_at > at]
    with_place = [s for s in open_ones if s.places_free(closed=closed)]
    return next(iter(with_place or open_ones), None)


@requires(Permission.TIMETABLE_SEE)
def free_seats(
    room_id: UUID, *, starts_at: datetime, ends_at: datetime, by: Actor
) -> list[Any]:
    """Return the seats of a room that nobody holds at any moment of a span."""
    seats = apps.get_model("sites", "Seat")._default_manager.filter(
        room_id=room_id, institution_id__in=by.sees, closed_on=None
    )
    busy = Visit.objects.filter(
        institution_id__in=by.sees,
        starts_at__gte=starts_at - LONGEST,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        seat__room_id=room_id,
        status__in=TAKING,
    )
    return list(seats.exclude(pk__in=busy.values("seat_id")))


@requires(Permission.TIMETABLE_SEE)
def templates(
    *, institution_id: UUID | None = None, at: datetime, by: Actor
) -> QuerySet[Template]:
    """Return the templates in use at a moment, in the order of the week."""
    return (
        Template.objects.filter(institution_id=_seen(institution_id, by))
        .filter(Q(ended_at=None) | Q(ended_at__gt=at))
        .select_related("room")
        .prefetch_related("blocks")
        .order_by("weekday", "starts_at", "kind")
    )


@requires(Permission.TIMETABLE_SEE)
def template(template_id: UUID, *, by: Actor) -> Template:
    """Return one template.

    Raises:
        NotFound: Not for this actor.
    """
    row = Template.objects.filter(pk=template_id, institution_id__in=by.sees)
    found = row.select_related("room").prefetch_related("blocks").first()
    if found is None:
        raise NotFound
    return found


@requires(Permission.TIMETABLE_SEE)
def closures(*, institution_id: UUID | None = None, by: Actor) -> QuerySet[Closure]:
    """Return all closures, newest first, also those that were reopened."""
    return (
        Closure.objects.filter(institution_id=_seen(institution_id, by))
        .select_related("room", "template")
        .order_by("-starts_on", "-closed_at")
    )


@requires(Permission.TIMETABLE_SEE)
def session(session_id: UUID, *, by: Actor) -> Session:
    """Return one dated session.

    Raises:
        NotFound: Not for this actor.
    """
    rows = Session.objects.filter(pk=session_id, institution_id__in=by.sees)
    found = rows.select_related("room", "template").first()
    if found is None:
        raise NotFound
    return found


@requires(Permission.TIMETABLE_SEE)
def slot(session_id: UUID, *, by: Actor) -> Slot:
    """Return one dated session with its free places.

    Raises:
        NotFound: Not for this actor.
    """
    row = session(session_id, by=by)
    day = timezone.localdate(row.starts_at)
    slots = Slots(Asked(row.institution_id, day, day + DAY, row.kind)).all()
    return next(s for s in slots if s.session_id == row.pk)


def _seen(institution_id: UUID | None, by: Actor) -> UUID:
    if institution_id is None or institution_id == by.institution_id:
        return by.institution_id
    if institution_id not in by.sees:
        raise NotFound
    return institution_id
