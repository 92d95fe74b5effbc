"""The arrival slots of some days: from the timetable, under the plan's bound."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.appointments import policies
from darbaza.appointments.models import Appointment, HandIn, Hold, Plan
from darbaza.appointments.selectors import reading
from darbaza.appointments.types import Kind, Offer, PlanDraft, Shape
from darbaza.visits import selectors as visits

DAY = timedelta(days=1)
REACH = timedelta(days=1)
"""How long before a visit its families may arrive at most."""
Plans = Callable[[date], PlanDraft]
"""The plan that counts on a day."""


@requires(Permission.APPOINTMENT_SEE)
def slots(
    kind: Kind,
    first: date,
    last: date,
    *,
    prisoner_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> list[Offer]:
    """Return the slots from ``first`` (included) to ``last`` (excluded), full ones too.

    Args:
        kind: Visits (short ones) or packages.
        first: The first day.
        last: The day after the last.
        prisoner_id: Only sessions that are open to this prisoner's block.
        by: Whose institution.
        at: Now: reservations that are over no longer count.
    """
    plans = _plans(last, by)
    taken = Taken.read(first, last, plans, by=by, at=at)
    if kind is Kind.PARCEL:
        return list(_packages(first, last, plans, taken, by=by))
    found = visits.sessions_between(
        first, last, kind="short", prisoner_id=prisoner_id, by=by
    )
    return list(_visits(found, plans, taken))


def _plans(last: date, by: Actor) -> Plans:
    """Return what says which plan counts on a day before ``last``: one query."""
    rows = list(reading.plans(by=by).filter(valid_from__lt=last))

    @cache
    def on(day: date) -> PlanDraft:
        return draft_of(next((r for r in rows if r.valid_from <= day), None), day)

    return on


def draft_of(row: Plan | None, on: date) -> PlanDraft:
    """Return a plan as the rules take it; one cautious officer a stage without one."""
    if row is None:
        return PlanDraft(on)
    return PlanDraft(
        row.valid_from,
        row.slot_minutes,
        Shape(row.shape),
        row.clerks,
        row.inspectors,
        row.searchers,
        row.registration_minutes,
        row.inspection_minutes,
        row.search_minutes,
        row.busy_percent,
        row.lead_minutes,
        row.reminder_hours,
    )


@dataclass(slots=True)
class Taken:
    """Who comes when: appointments, reservations, and visits that staff booked."""

    arrivals: list[tuple[datetime, str, str]] = field(default_factory=list)
    """Sorted: when, for what, and to which session."""
    held: Counter[str] = field(default_factory=Counter)
    """Reservations by session: its places they will take."""

    @classmethod
    def read(
        cls, first: date, last: date, plans: Plans, *, by: Actor, at: datetime
    ) -> "Taken":
        """Read the days and those beside them, in three queries."""
        start, end = midnight(first) - REACH, midnight(last) + REACH
        made = cls()
        rows = Appointment.objects.filter(
            institution_id=by.institution_id, status="booked",
            arrives_at__gte=start, arrives_at__lt=end,
        )  # fmt: skip
        known = set()
        for arrives_at, kind, visit_id, session_id in rows.values_list(
            "arrives_at", "kind", "visit_id", "visit__session_id"
        ):
            made.arrivals.append((arrives_at, kind, str(session_id)))
            known.add(visit_id)
        holds = Hold.objects.filter(
            institution_id=by.institution_id, used_at=None, expires_at__gt=at,
            arrives_at__gte=start, arrives_at__lt=end,
        )  # fmt: skip
        for arrives_at, kind, session_key in holds.values_list(
            "arrives_at", "kind", "session_key"
        ):
            made.arrivals.append((arrives_at, kind, session_key))
            made.held[session_key] += 1
        booked = visits.visits(
            visits.Filters(first=first, last=last + DAY, status="booked"), by=by
        ).filter(institution_id=by.institution_id)
        for key, starts_at, session_id in booked.values_list(
            "id", "starts_at", "session_id"
        ):
            if key not in known:
                lead = plans(timezone.localdate(starts_at)).lead_minutes
                comes = starts_at - timedelta(minutes=lead)
                made.arrivals.append((comes, Kind.VISIT.value, str(session_id)))
        made.arrivals.sort()
        return made

    def between(self, begin: datetime, end: datetime) -> list[tuple[str, str]]:
        """Return for what, and to which session, people come in a slot."""
        low = bisect_left(self.arrivals, (begin, "", ""))
        high = bisect_left(self.arrivals, (end, "", ""))
        return [(kind, session) for _at, kind, session in self.arrivals[low:high]]


def _visits(found: list[visits.Slot], plans: Plans, taken: Taken) -> Iterator[Offer]:
    for slot in found:
        if not slot.usable:
            continue
        key = (
            f"{slot.template_id}/{slot.day:%Y-%m-%d}"
            if slot.template_id
            else str(slot.session_id)
        )
        plan = plans(slot.day)
        left = max(0, slot.open_free - taken.held[key])
        for arrives_at, places in policies.before_visit(
            slot.starts_at, slot.open_places, plan
        ):
            offer = _offer(
                Kind.VISIT, arrives_at, places, plan, taken,
                left=left, visit_at=slot.starts_at,
                session_key=key, session=str(slot.session_id),
            )  # fmt: skip
            yield replace(offer, room=str(slot.room.name))


def _packages(
    first: date, last: date, plans: Plans, taken: Taken, *, by: Actor
) -> Iterator[Offer]:
    hours = list(reading.hand_in_hours(on=first, by=by))
    closed = _closed_days(first, last, by)
    for number in range((last - first).days):
        day = first + number * DAY
        if day in closed:
            continue
        for row in hours:
            if not _holds_on(row, day):
                continue
            begin, end = _moment(day, row.starts_at), _moment(day, row.ends_at)
            for arrives_at, places in policies.in_window(begin, end, plans(day)):
                yield _offer(Kind.PARCEL, arrives_at, places, plans(day), taken)


def _offer(
    kind: Kind,
    arrives_at: datetime,
    places: int,
    plan: PlanDraft,
    taken: Taken,
    *,
    left: int | None = None,
    visit_at: datetime | None = None,
    session_key: str = "",
    session: str = "",
) -> Offer:
    """Say what of a slot is free: of its session, of its kind, of the whole entrance.

    A shape may give the first slot more than the stages serve: then that is the bound.
    """
    end = arrives_at + timedelta(minutes=plan.slot_minutes)
    come = taken.between(arrives_at, end)
    same = [where for what, where in come if what == kind.value]
    own = sum(not session_key or where in {session_key, session} for where in same)
    most = policies.capacity(plan)
    free = min(
        places - own,
        max(most.of(kind), places) - len(same),
        max(most.all, places) - len(come),
    )
    if left is not None:
        free = min(free, left)
    local = timezone.localtime(arrives_at)
    key = f"{kind.value}~{local:%Y%m%d%H%M%z}~{session_key}"
    return Offer(
        key, kind, arrives_at, own + max(0, free), own, visit_at, session_key
    )  # fmt: skip


def _holds_on(row: HandIn, day: date) -> bool:
    ended = row.valid_to is not None and row.valid_to <= day
    return row.weekday == day.weekday() and row.valid_from <= day and not ended


def _closed_days(first: date, last: date, by: Actor) -> set[date]:
    """Return the days on which the whole institution is closed."""
    rows = visits.closures(by=by).filter(
        room=None,
        template=None,
        reopened_at=None,
        starts_on__lt=last,
        ends_on__gt=first,
    )
    return {
        row.starts_on + number * DAY
        for row in rows
        for number in range((row.ends_on - row.starts_on).days)
    }


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def midnight(day: date) -> datetime:
    """Return the first moment of a local day."""
    return _moment(day, time.min)
