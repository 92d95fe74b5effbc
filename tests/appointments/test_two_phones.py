"""Two phones and one place: one wins, the other is told; nothing is booked twice."""

from uuid import uuid4

import pytest

from darbaza.appointments.models import Access, Appointment, Hold
from darbaza.appointments.services import family
from darbaza.appointments.types import Wish
from darbaza.kernel.errors import Conflict
from darbaza.visits.models import Visit
from tests.appointments.entrance import NOW, Entrance, booked, offers
from tests.concurrency import racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_the_last_place_is_kept_for_one_of_six_phones(transactional_db):
    entrance = Entrance()
    for number in "123":
        booked(entrance.family(number)[0])
    families = [entrance.family(f"1{number}")[0] for number in range(6)]
    (last,) = offers(families[0])
    assert last.free == 1

    def keep(access: Access) -> Hold:
        return family.hold(access, last.key, request_id=uuid4(), at=NOW)

    told = racing.together(*[lambda a=a: keep(a) for a in families])
    lost = [one for one in told if isinstance(one, Conflict)]
    assert [one.code for one in lost] == ["slot_full"] * 5
    assert Hold.objects.filter(used_at=None).count() == 1


def test_one_form_sent_by_two_phones_is_one_appointment(transactional_db):
    access, _code = Entrance().family()
    kept = family.hold(access, offers(access)[0].key, request_id=uuid4(), at=NOW)
    request = uuid4()

    def book() -> Appointment:
        return family.book(access, kept.pk, Wish(), request_id=request, at=NOW)

    told = racing.together(book, book)
    assert len({one.pk for one in told}) == 1
    assert Visit.objects.count() == Appointment.objects.count() == 1


def test_one_hold_pressed_on_two_pages_is_one_appointment(transactional_db):
    access, _code = Entrance().family()
    kept = family.hold(access, offers(access)[0].key, request_id=uuid4(), at=NOW)

    def book() -> Appointment:
        return family.book(access, kept.pk, Wish(), request_id=uuid4(), at=NOW)

    told = racing.together(book, book)
    assert sorted(type(one).__name__ for one in told) == ["Appointment", "Conflict"]
    assert Visit.objects.count() == Appointment.objects.count() == 1
