"""One dated slot and how the slots of some days are worked out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone

from darbaza.visits.models import Closure, Session, Template, Visit
from darbaza.visits.policies import timetable as policy

TAKING = (Visit.Status.BOOKED, Visit.Status.REGISTERED, Visit.Status.INSIDE)
"""A visit in one of these states holds its place and its seat."""

DAY = timedelta(days=1)
LONGEST = timedelta(days=10)
"""No session lasts longer: how far back an overlapping visit may have begun."""

Span = tuple[datetime, datetime]
Held = tuple[UUID, datetime, datetime]
"""A seat, and from when to when it is held."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One dated slot, already a row (``session_id``) or still only in the timetable."""

    kind: str
    room: Any
    starts_at: datetime
    ends_at: datetime
    open_places: int
    closed_places: int
    session_id: UUID | None = None
    template_id: UUID | None = None
    name: str = ""
    open_taken: int = 0
    closed_taken: int = 0
    visits: int = 0
    """Visits of any state but cancelled and refused."""
    seats_free: int | None = None
    closing: policy.Closing | None = None
    cancelled: bool = False
    admits: bool = True
    """Does the block rule admit the prisoner asked about?"""

    @property
    def day(self) -> date:
        """The local day on which it starts."""
        return timezone.localdate(self.starts_at)

    @property
    def open_free(self) -> int:
        """Free places at open tables."""
        return policy.free(self.open_places, self.open_taken, self.seats_free)

    @property
    def closed_free(self) -> int:
        """Free places behind glass."""
        return policy.free(self.closed_places, self.closed_taken, self.seats_free)

    @property
    def places(self) -> int:
        """All places, open and closed."""
        return self.open_places + self.closed_places

    @property
    def taken(self) -> int:
        """Visits that hold a place now."""
        return self.open_taken + self.closed_taken

    @property
    def usable(self) -> bool:
        """May a visit be put here, places aside?"""
        return self.admits and not self.cancelled and self.closing is None

    def places_free(self, *, closed: bool) -> int:
        """Return the free places of one sort; 0 where the slot is not usable."""
        if not self.usable:
            return 0
        return self.closed_free if closed else self.open_free


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question about the timetable is limited to."""

    institution_id: UUID
    first: date
    last: date
    kind: str | None = None
    block: tuple[UUID | None] | None = None
    """The prisoner's block in a tuple of one, or None when no prisoner is asked for."""

    @property
    def span(self) -> Span:
        """First moment of the first day, first moment after the last."""
        return midnight(self.first), midnight(self.last)


def midnight(day: date) -> datetime:
    """Return the first moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def moment_of(day: date, clock: time) -> datetime:
    """Return a local day and time as a moment."""
    return timezone.make_aware(datetime.combine(day, clock))


def plan_of(template: Template) -> policy.Plan:
    """Return what the policy needs of a template."""
    return policy.Plan(
        template.weekday,
        template.starts_at,
        template.minutes,
        template.valid_from,
        template.valid_to,
        template.every_weeks,
    )


class Slots:
    """The slots of some days: everything is read once, in a fixed number of queries."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._templates = list(self._templates_of())
        self._sessions = list(self._sessions_of())
        self._closings = [_closing(c) for c in self._closures_of()]
        self._counts = self._counts_of([s.pk for s in self._sessions])

    def all(self) -> list[Slot]:
        """Return the slots in order of time, then room."""
        slots = [*self._real(), *self._planned()]
        seats = _Seats({s.room.pk for s in slots}, slots)
        slots = [_with_seats(s, seats) for s in slots]
        return sorted(slots, key=lambda s: (s.starts_at, s.kind, str(s.room.pk)))

    def _templates_of(self) -> Iterable[Template]:
        rows = Template.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=self.asked.first),
            institution_id=self.asked.institution_id,
            valid_from__lt=self.asked.last,
        )
        if self.asked.kind:
            rows = rows.filter(kind=self.asked.kind)
        return rows.select_related("room").prefetch_related("blocks")

    def _sessions_of(self) -> Iterable[Session]:
        start, end = self.asked.span
        rows = Session.objects.filter(
            institution_id=self.asked.institution_id,
            starts_at__gte=start,
            starts_at__lt=end,
        )
        if self.asked.kind:
            rows = rows.filter(kind=self.asked.kind)
        return rows.select_related("room", "template").prefetch_related(
            "template__blocks"
        )

    def _closures_of(self) -> Iterable[Closure]:
        # A long visit that starts on the last day reaches over the following ones.
        longest = max((t.minutes for t in self._templates), default=0)
        reach = self.asked.last + timedelta(minutes=longest) + DAY
        return Closure.objects.filter(
            institution_id=self.asked.institution_id,
            starts_on__lt=reach,
            ends_on__gt=self.asked.first,
            reopened_at=None,
        )

    def _counts_of(self, sessions: list[UUID]) -> dict[tuple[UUID, bool, bool], int]:
        held: Counter[tuple[UUID, bool, bool]] = Counter()
        rows = (
            Visit.objects.filter(session_id__in=sessions)
            .exclude(status__in=[Visit.Status.CANCELLED, Visit.Status.REFUSED])
            .values_list("session_id", "closed", "status")
            .annotate(Count("id"))
        )
        for session_id, closed, status, count in rows:
            held[session_id, closed, status in TAKING] += count
        return held

    def _real(self) -> Iterator[Slot]:
        for row in self._sessions:
            open_taken = self._counts.get((row.pk, False, True), 0)
            closed_taken = self._counts.get((row.pk, True, True), 0)
            over = sum(self._counts.get((row.pk, c, False), 0) for c in (True, False))
            yield Slot(
                row.kind,
                row.room,
                row.starts_at,
                row.ends_at,
                row.open_places,
                row.closed_places,
                session_id=row.pk,
                template_id=row.template_id,
                name=row.template.name if row.template else "",
                open_taken=open_taken,
                closed_taken=closed_taken,
                visits=open_taken + closed_taken + over,
                closing=self._closed(
                    row.starts_at, row.ends_at, row.room_id, row.template_id
                ),
                cancelled=row.cancelled_at is not None,
                admits=row.template is None or self._admits(row.template),
            )

    def _planned(self) -> Iterator[Slot]:
        made = {
            (s.template_id, timezone.localdate(s.starts_at)) for s in self._sessions
        }
        for template in self._templates:
            plan = plan_of(template)
            for day in _days(self.asked.first, self.asked.last):
                if (template.pk, day) in made or not policy.takes_place(plan, day):
                    continue
                start = moment_of(day, template.starts_at)
                if template.ended_at is not None and start >= template.ended_at:
                    continue
                yield self._virtual(template, start)

    def _virtual(self, template: Template, start: datetime) -> Slot:
        end = start + timedelta(minutes=template.minutes)
        return Slot(
            template.kind,
            template.room,
            start,
            end,
            template.open_places,
            template.closed_places,
            template_id=template.pk,
            name=template.name,
            closing=self._closed(start, end, template.room_id, template.pk),
            admits=self._admits(template),
        )

    def _closed(
        self, start: datetime, end: datetime, room_id: UUID, template_id: UUID | None
    ) -> policy.Closing | None:
        return policy.closing_of(
            self._closings,
            timezone.localdate(start),
            timezone.localdate(end - timedelta(microseconds=1)),
            room_id=room_id,
            template_id=template_id,
        )

    def _admits(self, template: Template) -> bool:
        if self.asked.block is None:
            return True
        blocks = {b.pk for b in template.blocks.all()}
        (block_id,) = self.asked.block
        return policy.admits_block(blocks, block_id, included=template.blocks_included)


class _Seats:
    """Which seats of some rooms are held when."""

    def __init__(self, rooms: set[UUID], slots: list[Slot]) -> None:
        self._room_of: dict[UUID, UUID] = {}
        self._held: dict[UUID, list[Held]] = defaultdict(list)
        self._count: Counter[UUID] = Counter()
        if not slots:
            return
        # Bounded by institution and time, which are indexed; seats are not.
        start = min(s.starts_at for s in slots)
        end = max(s.ends_at for s in slots)
        seats = apps.get_model("sites", "Seat")._default_manager.filter(
            room_id__in=rooms, closed_on=None
        )
        self._room_of = dict(seats.values_list("pk", "room_id"))
        self._count = Counter(self._room_of.values())
        busy = Visit.objects.filter(
            institution_id=slots[0].room.institution_id,
            starts_at__gte=start - LONGEST,
            starts_at__lt=end,
            ends_at__gt=start,
            seat_id__in=list(self._room_of),
            status__in=TAKING,
        )
        for held in busy.values_list("seat_id", "starts_at", "ends_at"):
            self._held[self._room_of[held[0]]].append(held)

    def free(self, slot: Slot) -> int | None:
        """Return how many seats nobody holds at any moment of a slot."""
        room_id = slot.room.pk
        if not self._count[room_id]:
            return None
        busy = {
            seat_id
            for seat_id, start, end in self._held[room_id]
            if policy.overlap(slot.starts_at, slot.ends_at, start, end)
        }
        return self._count[room_id] - len(busy)


def _with_seats(slot: Slot, seats: _Seats) -> Slot:
    return replace(slot, seats_free=seats.free(slot))


def _closing(row: Closure) -> policy.Closing:
    return policy.Closing(
        row.starts_on,
        row.ends_on,
        row.reason,
        row.closed_by,
        row.room_id,
        row.template_id,
    )


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days):
        yield first + number * DAY
