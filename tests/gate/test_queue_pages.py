"""Pages of the queue: bar, kiosk, display, slip, reports; and their misuse."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client

from darbaza.accounts.permissions import Role
from darbaza.gate.models import Screen, Ticket, Timing
from darbaza.gate.queueing import Step
from darbaza.gate.views import screens, slips
from tests.gate.queuework import Queue
from tests.visits import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db, clock) -> Queue:
    clock.move_to(builders.at(9, 30))
    for tries in (
        screens.BIND_TRIES, screens.CODE_TRIES, screens.TAKEN, slips.BY_ADDRESS,
    ):  # fmt: skip
        tries.forget()
    return Queue()


@pytest.fixture
def officer(queue) -> Client:
    """An officer's browser at window 1."""
    client = queue.browser()
    session = client.session
    session["post_id"] = str(queue.one.pk)
    session.save()
    return client


def device(queue, kind="kiosk") -> Client:
    """Return a browser that was made a kiosk or a display."""
    client = Client(headers={"accept-language": "en"})
    answer = client.post("/gate/screen/", {"secret": queue.screen(kind)})
    assert answer.url == f"/gate/{kind}/"
    assert client.cookies[screens.COOKIE]["httponly"]
    return client


def text(answer) -> str:
    return answer.content.decode()


def touch(client, queue, lane=None, **changes):
    data = {
        "lane": (lane or queue.visits).pk, "request_id": uuid4(), "language": "ru",
    } | changes  # fmt: skip
    return client.post("/gate/kiosk/take/", data)


def test_the_bar_at_the_desk_calls_and_the_desk_comes_back(queue, officer):
    row = queue.take()
    page = text(officer.get("/gate/desk/"))
    assert "Call the next" in page
    answer = officer.post("/gate/queue/call/", {"next": "/gate/desk/"})
    assert answer.url == "/gate/desk/"
    page = text(officer.get("/gate/desk/"))
    assert row.label in page
    for step, state in (("called_again", "called"), ("no_show", "no_show")):
        officer.post(f"/gate/queue/{row.pk}/{step}/", {"next": "/gate/desk/"})
        row.refresh_from_db()
        assert row.state == state
    assert row.label in text(officer.get("/gate/queue/"))
    assert "Nobody waits" in text(officer.post("/gate/queue/call/", {}, follow=True))


def test_without_a_window_the_officer_is_asked_for_it(queue):
    client = queue.browser()
    queue.take()
    answer = client.post("/gate/queue/call/", follow=True)
    assert "Nobody knows at which window you sit" in text(answer)
    assert Ticket.objects.get().state == "waiting"


def test_what_cannot_be_is_said_and_nothing_changes(queue, officer):
    row = queue.take()
    officer.post("/gate/queue/call/")
    page = text(officer.post("/gate/queue/call/", follow=True))
    assert f"{row.label} is called here and has not come yet" in page
    page = text(officer.post(f"/gate/queue/{row.pk}/returned/", follow=True))
    page = text(officer.post(f"/gate/queue/{row.pk}/done/", follow=True))
    assert "somebody was faster" in page
    assert officer.post(f"/gate/queue/{row.pk}/seated/").status_code == 302
    assert officer.post(f"/gate/queue/{row.pk}/nonsense/").status_code == 404
    assert officer.post(f"/gate/queue/{uuid4()}/done/").status_code == 404


def test_the_queue_page_moves_and_gives_numbers_once(queue, officer):
    row = queue.take()
    officer.post(f"/gate/queue/{row.pk}/move/", {"lane": queue.parcels.pk})
    row.refresh_from_db()
    assert row.lane == queue.parcels
    data = {"lane": queue.visits.pk, "request_id": uuid4()}
    for _again in range(2):
        answer = officer.post("/gate/queue/take/", data)
    assert (
        answer.url
        == f"/gate/slips/{Ticket.objects.get(source='officer', number=2).pk}/"
    )
    page = text(officer.get(answer.url))
    assert "V-002" in page
    assert Ticket.objects.count() == 2
    officer.post(f"/gate/queue/{row.pk}/call/")
    page = text(officer.get(f"/gate/queue/{row.pk}/"))
    assert "moved to another lane" in page
    assert "window 1" in page
    assert "V-001" in text(officer.get("/gate/queue/bar/?next=/gate/desk/"))


def test_a_kiosk_gives_a_number_in_the_language_that_was_touched(queue):
    client = device(queue)
    page = text(client.get("/gate/kiosk/?language=ru"))
    assert "visit ru" in page
    same = uuid4()
    answer = touch(client, queue, request_id=same)
    assert touch(client, queue, request_id=same).url == answer.url
    row = Ticket.objects.get()
    assert (row.source, row.language, row.label) == ("kiosk", "ru", "V-001")
    page = text(client.get(answer.url))
    assert "V-001" in page
    assert "<svg" in page
    name = re.compile("asan|асан", re.IGNORECASE)
    assert not name.search(page)


def test_a_stranger_or_a_forged_secret_is_no_kiosk(queue):
    stranger = Client()
    for secret in ("", "0" * 20, "x" * 4000, "\u0000", queue.screen()[:-1]):
        stranger.cookies[screens.COOKIE] = secret
        assert stranger.get("/gate/kiosk/").url == "/gate/screen/"
        assert stranger.get("/gate/display/events/").url == "/gate/screen/"
        assert touch(stranger, queue).status_code == 403
    assert Ticket.objects.count() == 0
    assert stranger.post("/gate/screen/", {"secret": "wrong"}).status_code == 422


def test_guessing_secrets_and_codes_is_stopped(queue):
    stranger = Client()
    found = [
        stranger.post("/gate/screen/", {"secret": f"wrong{n}"}).status_code
        for n in range(12)
    ]
    assert found == [422] * 10 + [429] * 2
    kiosk = device_after_guesses(queue)
    found = [
        kiosk.post("/gate/kiosk/appointment/", {"reference": f"A{n}"}).status_code
        for n in range(21)
    ]
    assert found[0] == 422
    assert found[-1] == 429
    assert stranger.get("/gate/number/AAAA/").status_code == 404


def device_after_guesses(queue) -> Client:
    screens.BIND_TRIES.forget()
    return device(queue)


def test_nobody_empties_the_roll_of_paper(queue):
    client = device(queue)
    found = [touch(client, queue).status_code for _n in range(22)]
    assert found == [302] * 20 + [429] * 2
    assert Ticket.objects.count() == 20


def test_a_closed_screen_shows_nothing_from_then_on(queue):
    client = device(queue)
    supervisor = queue.browser(Role.SHIFT_SUPERVISOR)
    supervisor.post(f"/gate/queue/screens/{Screen.objects.get().pk}/close/")
    assert client.get("/gate/kiosk/").url == "/gate/screen/"


def test_a_kiosk_opens_nothing_else(queue):
    client = device(queue)
    for path in ("/gate/desk/", "/gate/queue/", "/gate/waits/", "/prisoners/", "/"):
        assert "/login/" in client.get(path).url
    assert "/login/" in client.post("/gate/queue/call/").url


def test_the_display_says_number_and_window_in_three_languages(queue):
    queue.take()
    queue.take(minute=1)
    queue.call()
    page = text(device(queue, "display").get("/gate/display/"))
    for words in ("V-001", "1-терезе", "окно 1", "window 1", "V-002"):
        assert words in page
    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in page
    assert 'type="module"' not in page


def test_the_display_hears_of_every_call_once(queue):
    client = device(queue, "display")
    row = queue.take()
    first = text(client.get("/gate/display/events/"))
    queue.call()
    assert first.startswith("retry: 2000\nid: ")
    answer = client.get("/gate/display/events/")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    data = json.loads(re.search("^data: (.*)$", text(answer), re.MULTILINE)[1])
    assert data["calls"][0]["label"] == "V-001"
    assert set(data) == {"calls", "next", "waiting"}
    version = re.search("^id: (.*)$", text(answer), re.MULTILINE)[1]
    known = {"Last-Event-ID": version}
    assert ": same" in text(client.get("/gate/display/events/", headers=known))
    queue.step(row, Step.CALLED_AGAIN)
    again = text(client.get("/gate/display/events/", headers=known))
    assert '"times": 2' in again


def test_a_display_at_an_officers_computer_does_not_keep_the_session_awake(
    queue, officer, clock
):
    officer.get("/gate/queue/")
    stream = {"Accept": "text/event-stream"}
    for minute in range(31, 45):
        clock.move_to(builders.at(9, minute))
        last = officer.get("/gate/display/events/", headers=stream)
    assert last.status_code == 302
    assert "lock" in last.url


def test_a_phone_shows_how_a_number_stands(queue):
    queue.take()
    row = queue.take(minute=1)
    phone = Client(headers={"accept-language": "en"})
    page = phone.get(f"/gate/number/{row.code}/")
    assert "1 number is before you" in text(page)
    queue.call()
    queue.call(queue.two)
    assert "window 2" in text(phone.get(f"/gate/number/{row.code}/"))
    assert phone.get("/gate/number/NOTHING/").status_code == 404


def test_supervisors_set_up_lanes_windows_and_screens(queue):
    client = queue.browser(Role.SHIFT_SUPERVISOR)
    lane = {
        "letter": "л", "kind": "lawyer", "name_ky": "Адвокат", "name_ru": "Адвокат",
        "name_en": "Lawyer", "position": "4", "head_start_minutes": "30",
        "usual_minutes": "5", "target_minutes": "15", "late_return_minutes": "0",
    }  # fmt: skip
    assert client.post("/gate/queue/lanes/new/", lane).status_code == 302
    assert client.post("/gate/queue/lanes/new/", lane).status_code == 422
    page = text(client.get("/gate/queue/set-up/"))
    assert "Lawyer" in page
    client.post(f"/gate/queue/windows/{queue.one.pk}/", {"lanes": [queue.visits.pk]})
    answer = client.post(
        "/gate/queue/set-up/",
        {"name": "Kiosk", "kind": "kiosk", "post": "", "request_id": uuid4()},
    )
    secret = re.search(r'class="mono">([0-9A-Z ]{24})<', text(answer))[1]
    fresh = Client()
    assert fresh.post("/gate/screen/", {"secret": secret}).url == "/gate/kiosk/"
    assert "visit" in text(fresh.get("/gate/kiosk/"))
    row = queue.parcels
    client.post(f"/gate/queue/lanes/{row.pk}/close/")
    row.refresh_from_db()
    assert row.closed_on == builders.MONDAY
    assert queue.browser().get("/gate/queue/set-up/").status_code == 403


def test_the_report_names_what_is_slow_and_gives_files(queue):
    row = queue.take()
    queue.call()
    queue.step(row, Step.DONE, minute=33)
    client = queue.browser(Role.SHIFT_SUPERVISOR)
    address = "/gate/waits/?first=23.11.2026&last=23.11.2026"
    page = text(client.get(f"{address}&by=lane"))
    assert "waiting for the call" in page
    assert "<svg" in page
    assert "30,0" in page
    csv = b"".join(client.get(f"{address}&by=lane&format=csv")).decode()
    assert "visit en;1;30.0;30.0;30.0;30;0" in csv
    assert client.get(f"{address}&by=nonsense&stage=x&first=99").status_code == 200
    assert "Nothing was measured" in text(
        client.get("/gate/waits/?first=1.1.2020&last=1.1.2020")
    )
    assert queue.browser().get("/gate/waits/").status_code == 403


def test_paper_is_timed_and_compared(queue):
    row = queue.take()
    queue.call()
    queue.step(row, Step.DONE, minute=33)
    client = queue.browser(Role.SHIFT_SUPERVISOR)
    timing = {
        "on": "20.11.2026", "lane": queue.visits.pk, "wait": "7200", "desk": "540",
        "request_id": uuid4(),
    }  # fmt: skip
    for _again in range(2):
        assert client.post("/gate/waits/paper/", timing).status_code == 302
    assert Timing.objects.count() == 1
    page = text(client.get("/gate/waits/paper/"))
    assert "120,0" in page
    assert "4,0" in page  # times shorter
    empty = {**timing, "wait": "", "desk": "", "request_id": uuid4()}
    assert client.post("/gate/waits/paper/", empty).status_code == 422
    inspector = queue.browser(Role.INSPECTOR)
    assert inspector.get("/gate/waits/paper/").status_code == 200
    assert inspector.post("/gate/waits/paper/", timing).status_code == 403
