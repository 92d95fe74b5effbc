"""Who comes with an appointment of the arrival plan: number, lane, list sent ahead."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.appointments.models import Appointment
from darbaza.gate import services
from darbaza.gate.models import Ticket
from darbaza.kernel import ids
from darbaza.kernel.errors import Invalid
from darbaza.parcels import lists
from tests.gate.deskwork import KNOWN, Desk
from tests.gate.queuework import Queue
from tests.parcels import builders as parcels
from tests.visits import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db, clock) -> Queue:
    clock.move_to(builders.at(9))
    found = Queue()
    found.shop = parcels.shop()
    return found


def package(queue: Queue, **changes: Any) -> Appointment:
    values = {
        "kind": "parcel", "reference": ids.reference(), "status": "booked",
        "arrives_at": builders.at(10, 15), "prisoner": queue.prisoner,
        "person": queue.wife, "channel": "family", "booked_at": builders.at(8),
        "booked_by": "family", "request_id": uuid4(),
        "list_code": lists.encode([lists.Listed("tea", 2, 200)])[0],
    } | changes  # fmt: skip
    return Appointment.objects.create(institution=queue.house.institution, **values)


def taken(queue: Queue, reference: str, **changes: Any) -> Ticket:
    given = {"language": "ky", "by": queue.officer, "at": builders.at(10)} | changes
    return services.take_with_appointment(reference, **given)


def test_a_list_sent_ahead_leads_to_the_express_lane_where_there_is_one(queue):
    first, second, plain = package(queue), package(queue), package(queue, list_code="")

    assert taken(queue, first.reference).lane == queue.parcels
    express = queue.lane("E", "express")
    row = taken(queue, f" {second.reference.lower()} ")

    assert (row.lane, row.due_at) == (express, builders.at(10, 15))
    assert taken(queue, plain.reference).lane == queue.parcels
    second.refresh_from_db()
    assert second.status == "come"
    assert taken(queue, second.reference, at=builders.at(10, 5)) == row
    assert Ticket.objects.count() == 3


def test_what_was_cancelled_moved_or_is_of_another_day_or_prison_is_unknown(queue):
    settled = {"settled_at": builders.at(8)}
    tomorrow = builders.at(10, 15) + timedelta(days=1)
    for row in (
        package(queue, status="cancelled", cause="by_family", **settled),
        package(queue, status="moved", **settled),
        package(queue, arrives_at=tomorrow),
    ):
        with pytest.raises(Invalid, match="appointment_unknown"):
            taken(queue, row.reference)
    with pytest.raises(Invalid, match="appointment_unknown"):
        taken(queue, package(queue).reference, by=queue.other_prison())
    for hostile in ("", "\x00", "' OR 1=1", "9" * 4000):
        with pytest.raises(Invalid, match="appointment_unknown"):
            taken(queue, hostile)
    assert Ticket.objects.count() == 0


def test_a_kiosk_takes_the_appointment_and_says_once_more_what_it_gave(queue, clock):
    from tests.gate.test_queue_pages import device, text  # noqa: PLC0415

    row = package(queue)
    kiosk = device(queue)
    asked = {"reference": row.reference, "language": "en"}
    first = kiosk.post("/gate/kiosk/appointment/", asked)
    assert "called from 10:10" in text(kiosk.get(first.url))

    clock.move_to(builders.at(9, 5))
    again = kiosk.post("/gate/kiosk/appointment/", asked)

    assert again.url == first.url
    assert "You took this number already, at 09:00" in text(kiosk.get(again.url))


def test_the_called_list_fills_the_form_and_the_bar_says_so(queue, clock):
    taken(queue, package(queue).reference)
    clock.move_to(builders.at(10, 12))
    desk = Desk(queue.staff("officer", Role.GATE_OFFICER))
    desk.client.post("/sites/my-post/", {"post": str(queue.one.pk)})
    desk.client.post("/gate/queue/call/")

    page = desk.open()
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=str(queue.prisoner.pk))
    desk.do("errand")

    assert "appointment 10:15, list sent ahead" in page
    assert [(x["quantity"], x["grams"]) for x in desk.state["parcel"]["lines"]] == [
        (2, 200)
    ]
    desk.do("errand")
    desk.do("errand")  # there and back: entered once
    assert len(desk.state["parcel"]["lines"]) == 1


def test_a_list_whose_goods_are_gone_is_typed_by_hand(queue, clock):
    queue.shop["tea"].delete()
    parcels.goods.forget()
    taken(queue, package(queue).reference)
    clock.move_to(builders.at(10, 12))
    desk = Desk(queue.staff("officer", Role.GATE_OFFICER))
    desk.client.post("/sites/my-post/", {"post": str(queue.one.pk)})
    desk.client.post("/gate/queue/call/")
    desk.open()

    assert desk.do("errand").status_code == 200

    assert desk.state["parcel"]["lines"] == []
