"""Staff see what waits, tick off what was told, and decide on second looks."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from darbaza.appointments import sending, services
from darbaza.appointments.models import Message, Recheck, Review
from darbaza.appointments.types import Kind
from tests.appointments.families import DAY, NOW, PHONE, Entrance
from tests.appointments.sending import servers
from tests.appointments.test_second_looks import ban, close, walk
from tests.conftest import user_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def browser(place: Entrance, clock: Any, sign_in: Any) -> Client:
    clock.move_to(LATER)
    user_of(place.chief)
    return sign_in(place.chief)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_page_opens_in_every_language(
    place: Entrance, browser: Client, language: str
) -> None:
    ban(place, place.booked())
    place.booked(Kind.PARCEL)
    walk(place)
    browser.cookies["language"] = language
    pages = [reverse(f"appointments:{n}") for n in ("messages", "calls", "reviews")]
    look = Review.objects.get()
    for page in [*pages, reverse("appointments:review", args=[look.pk])]:
        answer = browser.get(page, headers={"accept-language": language})
        assert answer.status_code == 200


def test_the_outbox_says_what_is_wrong_and_that_nothing_is_lost(
    place: Entrance, browser: Client, settings: Any
) -> None:
    place.booked()
    settings.DARBAZA_MESSAGES = sending.Gateway("https://sms.test/send")
    Message.objects.filter(kind="booked").update(tries=1, error="closed: 503 busy")
    shown = browser.get(reverse("appointments:messages")).content.decode()
    assert "503 busy" in shown
    assert PHONE in shown


def test_what_was_read_out_is_ticked_off_and_printed(
    place: Entrance, browser: Client
) -> None:
    row = place.booked()
    paper = browser.post(reverse("appointments:calls_paper"))
    text = pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert row.reference in text
    assert PHONE in text
    message = Message.objects.get(kind="booked")
    told = {"message": [str(message.pk), "nonsense"]}
    browser.post(reverse("appointments:calls_told"), told)
    message.refresh_from_db()
    assert message.state == "told"


def test_failed_ones_go_again_with_one_press(place: Entrance, browser: Client) -> None:
    place.booked()
    Message.objects.update(state="failed", error="refused: 400")
    browser.post(reverse("appointments:messages_again"))
    assert set(Message.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_second_look_is_closed_with_a_reason(
    place: Entrance, browser: Client
) -> None:
    row = place.booked()
    ban(place, row)
    walk(place)
    page = reverse("appointments:review", args=[Review.objects.get().pk])
    told = {"decision": "cancel", "reason": "", "request_id": str(uuid4())}
    assert browser.post(page, told).status_code == 200
    assert Review.objects.filter(decision="").exists()
    browser.post(page, told | {"reason": "Запрет"})
    row.refresh_from_db()
    assert row.status == "cancelled"


def test_a_package_is_moved_from_its_second_look(
    place: Entrance, browser: Client
) -> None:
    row = place.booked(Kind.PARCEL)
    close(place)
    walk(place)
    page = reverse("appointments:review", args=[Review.objects.get().pk])
    slots = browser.get(page).context["form"].fields["slot"].choices
    later = next(key for key, _words in slots if "20261203" in key)
    told = {
        "decision": "move", "reason": "Санитарный день", "slot": later,
        "request_id": str(uuid4()),
    }  # fmt: skip
    browser.post(page, told)
    row.refresh_from_db()
    assert row.status == "moved"


def test_a_second_look_leads_to_where_that_booking_is_moved_or_cancelled(
    place: Entrance, browser: Client
) -> None:
    row, visit = place.booked(), place.visit()
    ban(place, row)
    ban(place, visit)
    walk(place)
    for look, page in (
        (Review.objects.get(appointment=row), f"/appointments/{row.pk}/"),
        (Review.objects.get(visit=visit), reverse("visits:visit", args=[visit.pk])),
    ):
        shown = browser.get(reverse("appointments:review", args=[look.pk]))
        assert f'href="{page}"' in shown.content.decode()
        assert browser.get(page).status_code == 200


def test_check_now_walks_at_once(place: Entrance, browser: Client) -> None:
    ban(place, place.booked())
    browser.post(reverse("appointments:recheck"))
    assert Recheck.objects.get().ended_at
    assert Review.objects.count() == 1
    assert browser.get(reverse("appointments:recheck_progress")).status_code == 200


def test_home_counts_what_waits(place: Entrance, browser: Client) -> None:
    ban(place, place.booked())
    walk(place)
    assert reverse("appointments:reviews") in browser.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_test_text_is_sent_from_the_page(
    place: Entrance, browser: Client, settings: Any
) -> None:
    with servers.gateway(servers.answering(500, b"busy")) as server:
        settings.DARBAZA_MESSAGES = sending.Gateway(server.url, wait=0.5)
        told = {"to": PHONE}
        shown = browser.post(reverse("appointments:message_test"), told, follow=True)
    assert "500 busy" in shown.content.decode()
    assert services.send_due(by=place.chief, at=NOW + timedelta(days=9)).sent == 0
    assert DAY
