"""Passes and refusals that go straight to a printer of the post."""

import json
from uuid import uuid4

import pytest
import zxingcpp
from django.urls import reverse
from PIL import ImageOps

from darbaza.accounts.permissions import Role
from darbaza.gate.models import Pass
from darbaza.sites.models import Post, Printer, PrintJob
from darbaza.visits.models import Refusal, Visit
from tests.gate.deskwork import KNOWN, Desk
from tests.gate.house import Gate
from tests.gate.test_belongings import take
from tests.sites.printing import standin
from tests.sites.printing.standin import StandIn
from tests.visits import builders

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
REQUEST = uuid4()


@pytest.fixture
def gate(db, clock) -> Gate:
    return Gate()


@pytest.fixture
def real():
    with StandIn(standin.READY) as printer:
        yield printer


def printer(gate: Gate, port: int, **changes) -> Printer:
    values = {
        "kind": "escpos", "connection": "network", "address": "127.0.0.1",
        "port": port, "passes": True, "papers": True,
    }  # fmt: skip
    names = {f"name_{code}": "Gate printer" for code in ("ky", "ru", "en")}
    institution = gate.house.institution
    return Printer.objects.create(institution=institution, **names, **values | changes)


def codes_on(paper: bytes) -> list[str]:
    found = [zxingcpp.read_barcodes(p.convert("L")) for p in standin.rasters(paper)]
    return [code.text for page in found for code in page]


@pytest.mark.parametrize("dots", [576, 384], ids=["80 mm", "58 mm"])
def test_a_pass_comes_out_of_the_receipt_printer_and_its_code_reads(gate, real, dots):
    printer(gate, real.port, dots=dots)
    done = gate.issue()
    url = reverse("gate:passes_send", args=[done.registered.visit_id])

    answer = gate.browser().post(url, headers=HTMX)

    assert answer.status_code == 200
    assert "Given to the printer: Gate printer." in answer.content.decode()
    assert codes_on(real.papers[0]) == [gate.code(done)]
    assert Pass.objects.get().prints == 1
    assert PrintJob.objects.get().title == done.registered.reference


def test_the_same_print_sent_twice_is_printed_and_counted_once(gate, real):
    printer(gate, real.port)
    url = reverse("gate:passes_send", args=[gate.issue().registered.visit_id])
    browser = gate.browser()

    for _time in range(2):
        browser.post(f"{url}?request={REQUEST}", headers=HTMX)

    assert len(real.papers) == 1
    assert Pass.objects.get().prints == 1


def test_a_dead_printer_keeps_registration_and_paper_and_says_what_to_do(gate, real):
    real.answers = standin.NO_PAPER
    printer(gate, real.port)
    done = gate.issue()
    url = reverse("gate:passes_send", args=[done.registered.visit_id])

    answer = gate.browser().post(url, headers=HTMX)

    text = answer.content.decode()
    assert answer.status_code == 202
    assert "out of paper" in text
    assert "The registration is safe" in text
    job = PrintJob.objects.get()
    assert reverse("sites:print_paper", args=[job.pk]) in text
    assert Visit.objects.get(pk=done.registered.visit_id).status == "registered"
    assert job.status == "waiting"


def test_without_scripts_the_desk_says_it_at_its_top(gate, real):
    printer(gate, real.port)
    url = reverse("gate:passes_send", args=[gate.issue().registered.visit_id])
    browser = gate.browser()

    first = browser.post(url, follow=True).content.decode()
    real.answers = standin.OPEN
    second = browser.post(url, follow=True).content.decode()

    assert "Given to the printer" in first
    assert "cover of the printer is open" in second


def test_without_a_printer_the_browser_prints(gate):
    url = reverse("gate:passes_send", args=[gate.issue().registered.visit_id])
    browser = gate.browser()
    assert browser.post(url, headers=HTMX).status_code == 204
    assert "/gate/passes/" in browser.post(url).url
    assert Pass.objects.get().prints == 0


def test_a_refusal_goes_to_the_printer_in_the_familys_language(gate, real):
    printer(gate, real.port)
    gate.restriction(person=gate.person)
    gate.issue()
    row = Refusal.objects.get()
    url = reverse("gate:refusal_send", args=[row.pk])

    answer = gate.browser().post(url, headers=HTMX)

    assert answer.status_code == 200
    (drawn,) = standin.rasters(real.papers[0])
    left, _top, right, _bottom = ImageOps.invert(drawn.convert("L")).getbbox()
    assert right - left >= 572  # in true size: the whole width of the roll
    row.refresh_from_db()
    assert row.printed_at is not None


def test_the_printer_at_the_post_of_this_computer_is_taken(gate, real):
    institution = gate.house.institution
    names = {f"name_{code}": "Window" for code in ("ky", "ru", "en")}
    post = Post.objects.create(institution=institution, kind="window", **names)
    printer(gate, 9, post=post)
    url = reverse("gate:passes_send", args=[gate.issue().registered.visit_id])
    browser = gate.browser()
    assert browser.post(url, headers=HTMX).status_code == 204
    session = browser.session
    session["post_id"] = str(post.pk)
    session.save()
    assert browser.post(url, headers=HTMX).status_code == 202


def test_papers_of_another_prison_are_not_sent(gate, real):
    visit = gate.issue().registered.visit_id
    stranger = gate.browser(house=builders.house("16"))
    url = reverse("gate:passes_send", args=[visit])
    printer(gate, real.port)
    assert stranger.post(url, headers=HTMX).status_code == 404
    assert real.papers == []
    url = reverse("gate:refusal_send", args=[uuid4()])
    assert stranger.post(url, headers=HTMX).status_code == 404


def test_who_only_reads_sends_nothing(gate, real):
    printer(gate, real.port)
    url = reverse("gate:passes_send", args=[gate.issue().registered.visit_id])
    assert gate.browser(Role.INSPECTOR).post(url).status_code == 403
    assert real.papers == []


def test_the_desk_sends_what_it_registered_to_its_printer_and_twice_is_once(gate, real):
    printer(gate, real.port)
    desk = Desk(gate.staff("desk", Role.GATE_OFFICER))
    desk.open()
    desk.do("scan", text=KNOWN)
    desk.do("whom", prisoner=gate.prisoner.pk)
    draft = desk.draft.pk
    told = []
    for _again in range(2):
        answer = desk.do("finish", draft=draft, do="register", language="ky")
        urls = json.loads(answer.headers["HX-Trigger-After-Settle"])
        told += urls["darbaza:print"]["urls"]
        for url in urls["darbaza:print"]["urls"]:
            desk.client.post(url, headers=HTMX)

    assert len(set(told)) == 1
    assert "/send/?request=" in told[0]
    assert len(real.papers) == 1
    page = answer.content.decode()
    assert "Print at: Gate printer" in page
    assert "Passes as PDF" in page


def test_a_new_pass_for_a_lost_one_is_printed_at_the_gate(gate, real):
    printer(gate, real.port)
    done = gate.issue()
    gate.let_in(gate.code(done))
    browser, visitor = gate.browser(), next(iter(done.passes))
    url = reverse("gate:inner_without", args=[visitor])
    data = {"what": "new", "reason": "lost in the yard", "scan_id": str(uuid4())}

    page = browser.post(url, data).content.decode()
    send = reverse("gate:passes_send", args=[done.registered.visit_id])
    answer = browser.post(send, {"next": reverse("gate:inner")})

    assert send in page
    assert answer.url == reverse("gate:inner")
    assert codes_on(real.papers[0]) != [gate.code(done)]


LISTS = {
    "gate:evacuation_send": "evacuation-",
    "gate:shift_report_send": "shift-",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_the_shift_go_to_a_printer_of_a4_and_else_come_as_pdf(gate, name):
    browser = gate.browser(Role.SHIFT_SUPERVISOR)
    printer(gate, 9)

    answer = browser.post(reverse(name), follow=True)

    assert answer.headers["Content-Type"] == "application/pdf", "a roll is no paper"
    assert not PrintJob.objects.exists()
    Printer.objects.all().delete()
    printer(gate, 9, kind="cups", connection="queue", sheet="a4", passes=False)
    browser.post(reverse(name), {"next": "/gate/evacuation/"})
    job = PrintJob.objects.get()
    assert job.title.startswith(LISTS[name])
    assert job.fault, "nobody is there: it waits, and says so"


def test_the_receipt_of_belongings_comes_out_of_the_receipt_printer(gate, real):
    printer(gate, real.port, receipts=True)
    row = take(gate, name="Асанова Айгүл", document="ID 1234567")
    browser = gate.browser()
    page = browser.get(reverse("gate:deposit", args=[row.pk])).content.decode()
    assert "Print at: Gate printer" in page

    browser.post(reverse("gate:belongings_send", args=[row.pk]))

    assert row.tag in codes_on(real.papers[0])
    assert PrintJob.objects.get().title == row.tag
