"""The call centre helps with one appointment and sees nothing else."""

import pytest
import time_machine

from darbaza.accounts.permissions import Role
from darbaza.appointments.models import Appointment, Ask
from tests.appointments.entrance import DAY, NOW, Entrance, booked

pytestmark = pytest.mark.django_db
URL = "/appointments/centre/"


@pytest.fixture
def entrance(db):
    with time_machine.travel(NOW, tick=False):
        yield Entrance()


def test_one_appointment_is_found_by_number_and_telephone(entrance, sign_in):
    access, _code = entrance.family(phone="+996 700 123456")
    row = booked(access)
    browser = sign_in(entrance.house.actor(Role.CALL_CENTRE))
    wrong = browser.post(URL, {"reference": row.reference, "phone_end": "0000"})
    assert wrong.status_code == 422
    assert browser.get(f"{URL}{row.pk}/").status_code == 404
    found = browser.post(URL, {"reference": row.reference, "phone_end": "3456"})
    assert found.url == f"{URL}{row.pk}/"
    page = browser.get(found.url).content.decode()
    assert row.reference in page
    for secret in (access.prisoner.number, access.prisoner.person.surname):
        assert secret not in page
    page = browser.get(f"{found.url}move/?on={DAY:%d.%m.%Y}").content.decode()
    assert access.prisoner.person.surname not in page
    for other in ("/appointments/", f"/appointments/{row.pk}/", "/prisoners/"):
        assert browser.get(other).status_code == 403
    answer = browser.post(found.url, {"whose": "family", "reason": "They called"})
    assert answer.status_code == 302
    assert Appointment.objects.get().status == "cancelled"


def test_a_question_is_answered_once(entrance, sign_in):
    row = Ask.objects.create(
        institution=entrance.house.institution, name="A", phone="1", about="?",
        language="ky", asked_at=NOW,
    )  # fmt: skip
    browser = sign_in(entrance.house.actor(Role.CALL_CENTRE))
    assert "?" in browser.get(URL).content.decode()
    browser.post(f"{URL}asks/{row.pk}/", {"answer": ""})
    for words in ("Come with your passport", "Something else"):
        browser.post(f"{URL}asks/{row.pk}/", {"answer": words})
    assert Ask.objects.get().answer == "Come with your passport"
