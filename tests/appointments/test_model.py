"""Any mix of steps of several families: never more come than the entrance serves."""

from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darbaza.appointments import policies
from darbaza.appointments.models import Access, Appointment, Hold
from darbaza.appointments.services import family
from darbaza.appointments.types import Kind, PlanDraft, Wish
from darbaza.kernel.errors import Conflict
from darbaza.visits.models import Visit
from tests.appointments.entrance import NOW, TODAY, Entrance, offers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FAMILIES = 6
who = st.integers(0, FAMILIES - 1)
kind = st.sampled_from(list(Kind))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), who, kind, st.integers(0, 5)),
        st.tuples(st.just("book"), who, kind),
        st.tuples(st.just("again"), who, kind),
        st.tuples(st.just("move"), who, kind),
        st.tuples(st.just("cancel"), who, kind),
        st.tuples(st.just("later"), st.integers(1, 12)),
    ),
    max_size=25,
)


class Town:
    """Families, what they hold and have booked, and the clock."""

    def __init__(self, families: list[Access]) -> None:
        self.families, self.now = families, NOW
        self.holds: dict[tuple[int, Kind], Hold] = {}
        self.rows: dict[tuple[int, Kind], Appointment] = {}
        self.requests: dict[tuple[int, Kind], UUID] = {}
        self.told: set[str] = set()

    def play(self, step: tuple) -> None:
        """Do one step; to be refused is an answer."""
        name, *given_ = step
        if name == "later":
            self.now += timedelta(minutes=given_[0])
            return
        try:
            getattr(self, name)(*given_)
        except Conflict as told:
            self.told.add(told.code)

    def hold(self, number: int, kind: Kind, choice: int) -> None:
        access = self.families[number]
        found = offers(access, kind, self.now)
        if found:
            key = found[choice % len(found)].key
            self.holds[number, kind] = family.hold(
                access, key, request_id=uuid4(), at=self.now
            )

    def book(self, number: int, kind: Kind) -> None:
        kept = self.holds.get((number, kind))
        if kept is None:
            return
        request = uuid4()
        row = family.book(
            self.families[number], kept.pk, Wish(), request_id=request, at=self.now
        )
        self.rows[number, kind], self.requests[number, kind] = row, request

    def again(self, number: int, kind: Kind) -> None:
        row = self.rows.get((number, kind))
        if row is None:
            return
        kept = self.holds[number, kind]
        same = family.book(
            self.families[number], kept.pk, Wish(),
            request_id=row.request_id, at=self.now,
        )  # fmt: skip
        assert same.pk == row.pk

    def move(self, number: int, kind: Kind) -> None:
        row, kept = self.rows.get((number, kind)), self.holds.get((number, kind))
        if row is not None and kept is not None:
            self.rows[number, kind] = family.move(
                self.families[number], row.pk, kept.pk,
                request_id=uuid4(), at=self.now,
            )  # fmt: skip

    def cancel(self, number: int, kind: Kind) -> None:
        row = self.rows.get((number, kind))
        if row is not None:
            family.cancel(self.families[number], row.pk, at=self.now)


def within_the_bound(town: Town) -> None:
    """No slot holds more than its slowest stage serves; visits fit their session."""
    bound = policies.capacity(PlanDraft(TODAY))
    live = Hold.objects.filter(used_at=None, expires_at__gt=town.now)
    rows = Appointment.objects.filter(status="booked")
    come = [*rows.values_list("arrives_at", "kind")]
    come += live.values_list("arrives_at", "kind")
    for at, number in Counter(at for at, _kind in come).items():
        assert number <= bound.all, at
    for (at, what), number in Counter(come).items():
        assert number <= bound.of(Kind(what)), at
    assert sum(what == "visit" for _at, what in come) <= 4
    visits = Visit.objects.filter(status="booked")
    assert {v.pk for v in visits} == {r.visit_id for r in rows if r.visit_id}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
@given(played=steps)
def test_never_more_families_than_the_entrance_serves(db, played):
    with transaction.atomic():
        entrance = Entrance()
        entrance.hours(11, 12)
        town = Town([entrance.family(str(n))[0] for n in range(FAMILIES)])
        for step in played:
            town.play(step)
            within_the_bound(town)
        assert town.told <= {"slot_full", "hold_over", "appointment_over"}
        transaction.set_rollback(True)
