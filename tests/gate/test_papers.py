"""Passes and refusals on paper: words in three languages, codes that read back."""

from io import BytesIO
from uuid import uuid4

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse
from pypdf import PdfReader

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate import codes
from darbaza.gate.models import Pass
from darbaza.persons.models import Person
from darbaza.visits.models import Refusal
from tests.gate.house import Gate
from tests.visits import builders

pytestmark = pytest.mark.django_db

TITLES = {
    "ky": "Келүүчүнүн өткөрмөсү",
    "ru": "Пропуск посетителя",
    "en": "Visitor's pass",
}
REFUSED = {
    "ky": ("Жолугушууга уруксат берилген жок", "Макул болбосоңуз"),
    "ru": ("В свидании отказано", "Если вы не согласны"),
    "en": ("The visit was refused", "If you do not agree"),
}


@pytest.fixture
def gate(db, clock) -> Gate:
    return Gate()


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def qr_of(data: bytes) -> list[str]:
    found = []
    for page in pypdfium2.PdfDocument(data):
        image = page.render(scale=3).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(image)]
    return found


def speaks(gate: Gate, language: str) -> None:
    Person.objects.filter(pk=gate.person.pk).update(language=language)


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("size", ["a5", "80mm"])
def test_a_pass_speaks_its_bearers_language_and_its_code_reads_back(
    gate, language, size
):
    speaks(gate, language)
    done = gate.issue()
    url = reverse("gate:passes_pdf", args=[done.registered.visit_id])

    answer = gate.browser().get(url, {"size": size})

    text, code = text_of(answer.content), gate.code(done)
    assert TITLES[language] in text
    assert done.registered.reference in text
    assert codes.spoken(next(iter(done.passes.values()))) in " ".join(text.split())
    assert qr_of(answer.content) == [code]


def test_no_name_stands_on_a_pass(gate):
    done = gate.issue()
    url = reverse("gate:passes_pdf", args=[done.registered.visit_id])
    text = text_of(gate.browser().get(url).content)
    for name in (gate.person.surname, gate.prisoner.person.surname):
        assert name not in text


def test_a_reprint_says_which_copy_it_is_and_is_on_record(gate):
    done = gate.issue()
    url = reverse("gate:passes_print", args=[done.registered.visit_id])
    speaks(gate, "en")
    browser = gate.browser()

    first, second = (browser.get(url).content.decode() for _time in range(2))

    assert "copy 2" not in first
    assert "copy 2" in second
    assert Pass.objects.get().prints == 2
    assert Event.objects.filter(type="gate.pass_printed").count() == 2


def test_each_of_a_party_has_a_page(gate):
    done = gate.issue(gate.person, gate.visitor("Мамытов"))
    url = reverse("gate:passes_pdf", args=[done.registered.visit_id])
    answer = gate.browser().get(url)
    assert len(PdfReader(BytesIO(answer.content)).pages) == 2
    assert sorted(qr_of(answer.content)) == sorted(
        map(codes.printed, done.passes.values())
    )


@pytest.fixture
def refused(gate) -> Refusal:
    gate.restriction(person=gate.person)
    gate.issue()
    return Refusal.objects.get()


@pytest.mark.parametrize("language", REFUSED)
def test_a_refusal_is_told_kindly_with_the_way_to_complain(gate, refused, language):
    url = reverse("gate:refusal_pdf", args=[refused.pk])

    answer = gate.browser().get(url, {"language": language})

    text = " ".join(text_of(answer.content).split())
    for words in (*REFUSED[language], refused.number, "30"):
        assert words in text
    assert gate.prisoner.person.surname not in text


def test_what_security_knows_does_not_stand_on_the_familys_paper(gate, refused):
    url = reverse("gate:refusal_pdf", args=[refused.pk])
    text = text_of(gate.browser().get(url, {"language": "en"}).content)
    assert "order 12" not in text
    assert "director" not in text


def test_the_browsers_refusal_is_in_the_asked_language_and_prints_are_counted(
    gate, refused
):
    url, browser = reverse("gate:refusal_print", args=[refused.pk]), gate.browser()
    pages = [browser.get(url, {"language": "ru"}).content.decode() for _n in range(2)]
    assert 'lang="ru"' in pages[0]
    assert "экземпляр 2" in pages[1]
    refused.refresh_from_db()
    assert refused.printed_at is not None


def test_papers_of_another_prison_do_not_exist(gate, refused):
    elsewhere = builders.house("16")
    stranger = gate.browser(house=elsewhere)
    addresses = [
        reverse("gate:refusal_pdf", args=[refused.pk]),
        reverse("gate:refusal_print", args=[refused.pk]),
        reverse("gate:passes_pdf", args=[refused.visit_id]),
        reverse("gate:passes_print", args=[uuid4()]),
    ]
    assert [stranger.get(url).status_code for url in addresses] == [404] * 4


def test_a_visit_without_a_valid_pass_says_so(gate, refused):
    url = reverse("gate:passes_print", args=[refused.visit_id])
    answer = gate.browser().get(url)
    assert answer.status_code == 409
    assert "no valid pass" in answer.content.decode()


def test_who_only_reads_prints_no_pass(gate):
    done = gate.issue()
    url = reverse("gate:passes_pdf", args=[done.registered.visit_id])
    assert gate.browser(Role.INSPECTOR).get(url).status_code == 403


def test_a_sheet_may_be_framed_by_our_own_pages_only_and_a_pdf_by_none(gate):
    done, browser = gate.issue(), gate.browser()
    visit = [done.registered.visit_id]
    sheet = browser.get(reverse("gate:passes_print", args=visit))
    pdf = browser.get(reverse("gate:passes_pdf", args=visit))
    assert sheet.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in sheet.headers["Content-Security-Policy"]
    assert pdf.headers["X-Frame-Options"] == "DENY"


def test_both_papers_come_in_the_size_of_the_printer(gate):
    visit, browser = gate.issue().registered.visit_id, gate.browser()
    gate.restriction(person=gate.person)
    gate.issue()
    for url in (
        reverse("gate:passes_print", args=[visit]),
        reverse("gate:refusal_print", args=[Refusal.objects.get().pk]),
    ):
        for wanted, given in (("80mm", "80mm"), ("a5", "a5"), ("poster", "a5")):
            page = browser.get(url, {"size": wanted}).content.decode()
            assert f"sheet-body--{given}" in page


def test_the_notice_leads_to_the_privacy_page_in_the_language(gate):
    answer = gate.browser().get(reverse("gate:notice_print"), {"language": "ru"})
    assert answer.headers["Location"] == reverse("web:privacy") + "?language=ru"
