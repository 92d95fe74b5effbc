"""The waiting list: searched, sorted, empty; a family is taken off with a reason."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from darbaza.appointments import services
from darbaza.appointments.models import Appointment
from darbaza.appointments.services import family
from darbaza.appointments.types import Kind
from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, NotFound
from darbaza.web import offers
from tests import cast
from tests.appointments.entrance import DAY, NOW, booked, text

pytestmark = pytest.mark.django_db
WHERE = "/appointments/waiting/"


def waits(entrance, number):
    access, _code = entrance.family(number)
    return family.wait(access, Kind.VISIT, DAY, DAY, at=NOW)


def test_who_waits_is_found_by_either_name_and_sorted(entrance, officer):
    assert "<table" not in text(officer.get(WHERE))
    first, second = waits(entrance, "1"), waits(entrance, "2")
    page = text(officer.get(WHERE))
    assert all(str(row.pk) in page for row in (first, second))
    assert WHERE in text(officer.get("/appointments/"))
    for name in (second.access.person.name, second.access.prisoner.person.name):
        page = text(officer.get(WHERE, {"q": name}))
        assert str(second.pk) in page
    assert str(first.pk) not in text(officer.get(WHERE, {"q": "Zzzzzz"}))
    page = text(officer.get(WHERE, {"sort": "-family"}))
    assert page.index(str(second.pk)) < page.index(str(first.pk))
    assert officer.get(WHERE, {"page": "x", "sort": "';--"}).status_code == 200


def test_a_family_is_taken_off_with_a_reason_once(entrance, officer):
    row = waits(entrance, "1")
    where = f"{WHERE}{row.pk}/"
    assert officer.post(where, {"reason": " "}).status_code == 422
    assert officer.post(where, {"reason": "They called"}).url == WHERE
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert Event.objects.get(type="appointment.taken_off").facts["reason"] == (
        "They called"
    )
    assert officer.post(where, {"reason": "Again"}).status_code == 404


def test_a_time_offered_to_a_family_that_is_taken_off_goes_to_the_next(entrance):
    for number in "1234":
        booked(entrance.family(number)[0])
    first, second = waits(entrance, "5"), waits(entrance, "6")
    gone = Appointment.objects.first()
    family.cancel(gone.access, gone.pk, at=NOW)
    assert [offered(row) for row in (first, second)] == ["offered", "waiting"]

    services.take_off(first.pk, reason="They called", by=entrance.officer, at=NOW)

    assert [offered(row) for row in (first, second)] == ["withdrawn", "offered"]
    with pytest.raises(Conflict):
        services.take_off(first.pk, reason="Again", by=entrance.officer, at=NOW)
    with pytest.raises(NotFound):
        services.take_off(second.pk, reason="Ours?", by=cast.OUTSIDER, at=NOW)


def offered(row) -> str:
    row.refresh_from_db()
    return row.state


def test_the_first_page_counts_who_comes_today(entrance, sign_in):
    booked(entrance.family()[0])
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        page = text(sign_in(entrance.officer).get("/", follow=True))
        (figure,) = [
            one
            for one in offers.figures(entrance.officer, timezone.now())
            if one["url"] == "/appointments/"
        ]
    assert str(figure["label"]) in page
    assert figure["value"] == 1
