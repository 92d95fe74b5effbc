"""A visit is moved on its own page: its appointment goes along, the family hears it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from darbaza.appointments.models import Appointment, Message
from darbaza.appointments.services import family
from darbaza.appointments.types import Kind
from darbaza.audit.models import Event
from darbaza.kernel.errors import Invalid
from darbaza.visits import services as visits
from darbaza.visits.models import Session
from tests.appointments.families import DAY, NOW, Entrance
from tests.visits import builders

LATER = NOW + timedelta(hours=1)
NEXT = DAY + timedelta(days=1)


def session(place: Entrance, **changes: Any) -> Session:
    times = {
        "starts_at": builders.at(14, day=NEXT), "ends_at": builders.at(15, day=NEXT),
    }  # fmt: skip
    return builders.session(place.home, **times | changes)


def moved(place: Entrance, row: Appointment, to: Session, **more: Any) -> Any:
    """Move the visit of an appointment as the visits' own page does."""
    assert row.visit_id is not None
    wanted = more.pop("wanted", None) or visits.MoveTo(uuid4(), to.pk)
    ask = {"reason": "Ремонт", "by": place.officer, "at": LATER} | more
    return visits.move(row.visit_id, wanted, **ask)


def test_the_appointment_goes_along_and_the_family_hears_it(place: Entrance) -> None:
    row = place.booked()
    done = moved(place, row, session(place))
    row.refresh_from_db()
    new = Appointment.objects.get(replaces=row)
    assert (row.status, new.status) == ("moved", "booked")
    assert new.visit_id == done.registered.visit_id
    assert new.reference == done.registered.reference
    assert new.visit_at == builders.at(14, day=NEXT)
    assert new.arrives_at == builders.at(13, 45, day=NEXT)
    told = Message.objects.get(kind="moved")
    assert (told.appointment, told.state) == (new, "waiting")
    assert "Come on 27.11 at 13:45" in told.text
    assert new.reference in told.text
    reminders = Message.objects.filter(kind="reminder")
    assert dict(reminders.values_list("appointment", "state")) == {
        row.pk: "dropped", new.pk: "waiting",
    }  # fmt: skip


def test_the_code_of_the_family_opens_the_new_time(place: Entrance) -> None:
    row = place.booked()
    moved(place, row, session(place))
    assert row.access is not None
    (shown,) = [
        a for a in family.appointments(row.access, at=LATER) if a.status == "booked"
    ]
    assert shown.replaces_id == row.pk
    cancelled = family.cancel(row.access, shown.pk, at=LATER)
    assert cancelled.visit is not None
    assert cancelled.visit.status == "cancelled"


def test_the_record_names_the_officer_and_the_reason(place: Entrance) -> None:
    row = place.booked()
    moved(place, row, session(place))
    event = Event.objects.get(type="appointment.moved")
    assert event.target_id == str(row.pk)
    assert event.facts["reason"] == "Ремонт"


def test_sent_twice_it_moves_once(place: Entrance) -> None:
    row = place.booked()
    wanted = visits.MoveTo(uuid4(), session(place).pk)
    first = moved(place, row, session(place), wanted=wanted)
    again = moved(place, row, session(place), wanted=wanted)
    assert first.registered.visit_id == again.registered.visit_id
    assert Message.objects.filter(kind="moved").count() == 1


def test_a_full_slot_takes_whom_staff_moved_there(place: Entrance) -> None:
    to = session(place, open_places=2)
    rows = [place.booked(), place.booked(), place.booked()]
    for row in rows[:2]:
        moved(place, row, to)
    to.open_places = 3
    to.save()
    moved(place, rows[2], to)
    came = Appointment.objects.filter(visit__session=to, status="booked")
    assert came.count() == 3


def test_where_the_plan_has_no_slot_the_family_is_asked_to_call(
    place: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "darbaza.appointments.selectors.of_session", lambda *_a, **_k: []
    )
    row = place.booked()
    done = moved(place, row, session(place))
    row.refresh_from_db()
    assert (row.status, row.cause) == ("cancelled", "by_institution")
    assert done.registered.status == "booked"
    assert not Appointment.objects.filter(replaces=row).exists()
    assert "Please call 0312 00 00 00" in Message.objects.get(kind="call_us").text


def test_moved_again_it_goes_along_again(place: Entrance) -> None:
    row = place.booked()
    moved(place, row, session(place))
    second = Appointment.objects.get(replaces=row)
    late = session(
        place, starts_at=builders.at(16, day=NEXT), ends_at=builders.at(17, day=NEXT)
    )
    moved(place, second, late)
    third = Appointment.objects.get(replaces=second)
    assert third.arrives_at == builders.at(15, 45, day=NEXT)
    assert Appointment.objects.filter(status="booked").get() == third


def test_a_move_that_is_refused_leaves_the_appointment(place: Entrance) -> None:
    row = place.booked()
    full = session(place, open_places=0, closed_places=0)
    assert moved(place, row, full).registered is None
    with pytest.raises(Invalid):
        moved(place, row, full, reason=" ")
    row.refresh_from_db()
    assert row.status == "booked"
    assert not Message.objects.filter(kind="moved").exists()


def test_moved_by_the_family_it_is_told_once(place: Entrance) -> None:
    row = place.booked()
    assert row.access is not None
    later = DAY + timedelta(days=7)
    offer = family.offers(row.access, Kind.VISIT, later, 1, at=LATER)[0]
    kept = family.hold(row.access, offer.key, request_id=uuid4(), at=LATER)
    new = family.move(row.access, row.pk, kept.pk, request_id=uuid4(), at=LATER)
    assert Appointment.objects.filter(replaces=row).get() == new
    assert Message.objects.filter(kind="moved").count() == 1


def test_a_visit_without_an_appointment_is_moved_as_before(place: Entrance) -> None:
    visit = place.visit()
    to = visits.MoveTo(uuid4(), session(place).pk)
    ask = {"reason": "x", "by": place.officer, "at": LATER}
    visits.move(visit.pk, to, **ask)
    assert not Appointment.objects.exists()
