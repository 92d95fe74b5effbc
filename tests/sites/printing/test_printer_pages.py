"""The pages of printers and of what waits for them, through HTTP."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from darbaza.sites import services, sheets
from darbaza.sites.models import Printer, PrintJob
from darbaza.sites.types import Paper
from tests import cast
from tests.sites.printing import house, standin
from tests.sites.printing.house import MANAGER
from tests.sites.printing.standin import StandIn

pytestmark = pytest.mark.django_db
FORM = {
    "name_ky": "Принтер", "name_ru": "Принтер", "name_en": "Pass printer",
    "kind": "escpos", "address": "127.0.0.1", "port": 9, "dots": 576, "dpi": 203,
    "sheet": "80mm", "post": "", "papers": ["pass", "receipt"],
}  # fmt: skip


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_an_administrator_adds_a_printer_and_prints_a_test_page(colony, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    with StandIn(standin.READY) as real:
        page = client.post(
            reverse("sites:add_printer"), {**FORM, "port": real.port}, follow=True
        )
        row = Printer.objects.get()
        assert "never asked" in text(page)
        request = {"request_id": uuid4()}
        url = reverse("sites:test_printer", args=[row.pk])
        page = client.post(url, request, follow=True)
        client.post(url, request)

    assert "Given to the printer: Pass printer." in text(page)
    assert "ready" in text(page)
    assert (row.passes, row.receipts, row.labels) == (True, True, False)
    assert len(real.papers) == 1
    assert PrintJob.objects.get().paper == "test"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_test_page_has_the_letters_of_kyrgyz(colony, language):
    row = house.printer()
    with translation.override(language):
        pdf = sheets.test_page(row, colony, cast.NINE)
    written = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert all(letter in written for letter in "ҢӨҮңөү")
    assert row.name_ky in written or row.name_en in written or row.name_ru in written


def test_a_fault_is_said_in_plain_words(colony, sign_in):
    row = house.printer()
    client = sign_in(cast.ADMINISTRATOR)
    for name in ("sites:ask_printer", "sites:test_printer"):
        page = client.post(reverse(name, args=[row.pk]), follow=True)
        assert "compare address and port" in text(page)
        assert "does not print" in text(page)


def test_asking_a_printer_that_is_ready(colony, sign_in):
    with StandIn(standin.READY) as real:
        row = house.printer(port=real.port)
        url = reverse("sites:ask_printer", args=[row.pk])
        page = sign_in(cast.GATE_OFFICER).post(url, follow=True)
    assert "The printer is ready." in text(page)


def test_an_address_that_cannot_be_is_said_at_its_field(colony, sign_in):
    client = sign_in(cast.ADMINISTRATOR)
    for address in ("printer.example", "/etc/passwd", ""):
        page = client.post(reverse("sites:add_printer"), {**FORM, "address": address})
        assert page.status_code == 422
    assert Printer.objects.count() == 0


def test_a_printer_is_changed_closed_and_opened_again(colony, sign_in):
    row, client = house.printer(), sign_in(cast.ADMINISTRATOR)
    url = reverse("sites:printer", args=[row.pk])
    shown = client.get(url).context["form"].initial
    assert shown["papers"] == ["pass"]

    page = client.post(url, {**FORM, "port": 9101}, follow=True)
    assert "port: 9 → 9101" in text(page)
    client.post(reverse("sites:close_printer", args=[row.pk]), {"on": "soon"})
    client.post(reverse("sites:close_printer", args=[row.pk]), {"on": "23.11.2026"})
    assert "Closed from" in text(client.get(url))
    client.post(reverse("sites:reopen_printer", args=[row.pk]))
    row.refresh_from_db()
    assert row.closed_on is None


def test_a_name_that_is_taken_is_said_on_the_form(colony, sign_in):
    house.printer()
    other = house.printer("Башка")
    client = sign_in(cast.ADMINISTRATOR)
    taken = {**FORM, "name_ky": house.NAMES.ky, "port": 9100}
    for url in (
        reverse("sites:add_printer"),
        reverse("sites:printer", args=[other.pk]),
    ):
        page = client.post(url, taken)
        assert page.status_code == 422
        assert "Another printer has the name" in text(page)


@pytest.mark.parametrize("name", ["sites:printers", "sites:print_jobs"])
def test_empty_lists_say_what_that_means(colony, sign_in, name):
    page = text(sign_in(cast.GATE_OFFICER).get(reverse(name)))
    assert "printed by the browser" in page or "Nothing waits" in page
    assert "Add a printer" not in page


def test_the_list_says_which_printer_has_papers_waiting(colony, sign_in):
    house.printer()
    house.send()
    page = text(sign_in(cast.SHIFT_SUPERVISOR).get(reverse("sites:printers")))
    assert "Pass printer" in page
    assert "does not print" in page


def test_papers_are_narrowed_to_a_state_and_a_printer(colony, sign_in):
    house.printer()
    job = house.send(title="7KQ-3F9X")
    services.cancel_print(job.pk, **house.OFFICER)
    house.send(title="AAA-1111")
    client, url = sign_in(cast.GATE_OFFICER), reverse("sites:print_jobs")

    def listed(**params) -> set[str]:
        page = client.get(url, params).content.decode()
        return {word for word in ("7KQ-3F9X", "AAA-1111") if word in page}

    assert listed() == {"AAA-1111"}
    assert listed(state="all") == {"7KQ-3F9X", "AAA-1111"}
    assert listed(state="cancelled") == {"7KQ-3F9X"}
    assert listed(printer=str(job.printer_id)) == {"AAA-1111"}
    assert listed(printer="x", state="y") == {"AAA-1111"}


def test_a_paper_that_waits_is_sent_again_elsewhere_or_given_up(colony, sign_in):
    house.printer()
    job, client = house.send(), sign_in(cast.GATE_OFFICER)
    url = reverse("sites:print_job", args=[job.pk])
    assert "Nothing is lost" in text(client.get(url))

    page = client.post(reverse("sites:print_again", args=[job.pk]), follow=True)
    assert "takes no papers now" in text(page)
    with StandIn(standin.READY) as real:
        other = house.printer("Башка", port=real.port)
        page = client.post(
            reverse("sites:print_elsewhere", args=[job.pk]),
            {"printer": other.pk},
            follow=True,
        )
    assert "Given to the printer: Башка." in text(page)
    assert "What to do" not in text(page)
    second = house.send()
    client.post(reverse("sites:print_cancel", args=[second.pk]))
    second.refresh_from_db()
    assert second.status == "cancelled"


def test_a_paper_that_waits_opens_as_pdf_and_stays_out_of_caches(colony, sign_in):
    house.printer()
    url = reverse("sites:print_paper", args=[house.send().pk])
    answer = sign_in(cast.GATE_OFFICER).get(url)
    assert answer.content == house.PDF
    assert "no-store" in answer.headers["Cache-Control"]


def test_an_administrator_sees_that_a_paper_waits_but_not_the_paper(colony, sign_in):
    house.printer()
    job, client = house.send(), sign_in(cast.ADMINISTRATOR)
    page = client.get(reverse("sites:print_job", args=[job.pk]))
    assert page.status_code == 200
    assert "What to do" not in text(page)
    url = reverse("sites:print_paper", args=[job.pk])
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    "by", [cast.INSPECTOR, cast.HEADQUARTERS], ids=lambda a: a.name
)
def test_who_has_no_paper_to_print_opens_no_page(colony, head_office, sign_in, by):
    row = house.printer()
    client = sign_in(by)
    for url in (
        reverse("sites:printers"),
        reverse("sites:print_jobs"),
        reverse("sites:add_printer"),
        reverse("sites:printer", args=[row.pk]),
    ):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("by", [cast.GATE_OFFICER, cast.SHIFT_SUPERVISOR])
def test_who_prints_changes_no_printer(colony, sign_in, by):
    row, client = house.printer(), sign_in(by)
    page = client.get(reverse("sites:printer", args=[row.pk]))
    assert "Save" not in text(page)
    assert "Ask it now" in text(page)
    for url in (
        reverse("sites:add_printer"),
        reverse("sites:printer", args=[row.pk]),
        reverse("sites:test_printer", args=[row.pk]),
    ):
        assert client.post(url, FORM).status_code == 403


def test_another_printer_that_is_none_does_not_exist(colony, sign_in):
    house.printer()
    job, client = house.send(), sign_in(cast.GATE_OFFICER)
    url = reverse("sites:print_elsewhere", args=[job.pk])
    for key in ("nonsense", uuid4()):
        assert client.post(url, {"printer": key}).status_code == 404


def test_a_printer_stands_at_a_post_in_its_form(colony, sign_in):
    post = services.add_post(house.NAMES, "window", **MANAGER)
    client = sign_in(cast.ADMINISTRATOR)
    client.post(reverse("sites:add_printer"), {**FORM, "post": str(post.pk)})
    row = Printer.objects.get()
    assert row.post_id == post.pk
    page = client.get(reverse("sites:printer", args=[row.pk]))
    assert page.context["form"].initial["post"] == str(post.pk)
    assert row.takes(Paper.RECEIPT)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_page_opens_in_three_languages(colony, sign_in, language):
    row, job = house.printer(), house.send()
    client = sign_in(cast.SHIFT_SUPERVISOR)
    client.cookies["django_language"] = language
    for url in (
        reverse("sites:printers"),
        reverse("sites:print_jobs"),
        reverse("sites:printer", args=[row.pk]),
        reverse("sites:print_job", args=[job.pk]),
    ):
        assert client.get(url).status_code == 200
