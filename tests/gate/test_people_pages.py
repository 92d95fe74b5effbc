"""The pages of everybody inside and of vehicles."""

from uuid import uuid4

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.gate import services
from darbaza.gate.models import Badge, Passage, Vehicle
from darbaza.gate.types import BadgeDraft
from tests.gate.deskwork import KNOWN
from tests.gate.house import Gate
from tests.gate.test_lists import text_of
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
EVERYONE, SCAN = reverse("gate:everyone"), reverse("gate:badge_scan")


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    made = Gate()
    services.add_badge(
        BadgeDraft("S1", "Осмонова Айгүл", "staff"), by=made.supervisor, at=NOW
    )
    return made


def once(**data) -> dict[str, str]:
    return {"request_id": str(uuid4()), **data}


def typed(**changes) -> dict[str, str]:
    return once(category="contractor", name="Ким Олег", organisation="Stroi") | changes


def lorry(**changes) -> dict[str, str]:
    return once(
        plate="01 kg 123", kind="lorry", category="delivery", driver="Иванов Пётр",
        passengers="Ким Анна\n\n", load="bread", mirror="on",
    ) | changes  # fmt: skip


def test_a_badge_is_in_then_out_and_a_mistake_is_one_link_away(gate, clock):
    browser = gate.browser()
    page = browser.post(SCAN, once(number="s1")).content.decode()
    row = Passage.objects.get()
    assert "Осмонова Айгүл" in page
    assert reverse("gate:passage", args=[row.pk]) in page
    assert "read twice" in browser.post(SCAN, once(number="S1")).content.decode()
    clock.shift(60)
    browser.post(SCAN, once(number="S1"))
    row.refresh_from_db()
    assert row.left_at


def test_an_unknown_badge_says_what_to_do(gate):
    answer = gate.browser().post(SCAN, once(number="🎫"))
    assert answer.status_code == 422
    assert "enter the person by hand" in answer.content.decode()
    assert gate.browser().post(SCAN, {"number": ""}).status_code == 422


def test_somebody_typed_comes_in_twice_sent_once_in(gate):
    browser, url, step = gate.browser(), reverse("gate:come_in"), typed()
    for _again in range(2):
        assert browser.post(url, step).url == EVERYONE
    row = Passage.objects.get()
    answer = browser.post(url, typed(place="workshop"))
    assert answer.status_code == 422
    assert "inside already" in answer.content.decode()
    assert "workshop" in answer.content.decode()
    out = once()
    for _again in range(2):
        assert browser.post(reverse("gate:go_out", args=[row.pk]), out).url == EVERYONE
    late = browser.post(reverse("gate:go_out", args=[row.pk]), once(), follow=True)
    assert "left already" in late.content.decode()


def test_a_scanned_document_fills_the_form_and_lets_nobody_in_yet(gate):
    browser, url = gate.browser(), reverse("gate:come_in")
    page = browser.post(url, {"mrz": KNOWN}).content.decode()
    assert 'value="ASANOVA AIGUL MARATOVNA"' in page
    assert 'value="ZZ0000017"' in page
    unread = browser.post(url, {"mrz": "nonsense " * 900}).content.decode()
    assert "no travel document" in unread
    assert not Passage.objects.exists()


def test_a_mistake_is_put_right_with_a_reason(gate):
    browser = gate.browser()
    browser.post(reverse("gate:come_in"), typed())
    row = Passage.objects.get()
    browser.post(reverse("gate:go_out", args=[row.pk]), once())
    url = reverse("gate:passage_undo", args=[row.pk])
    assert browser.post(url, once(reason="")).status_code == 422
    browser.post(url, once(reason="it was his brother"))
    fresh = Passage.objects.get(corrects=row)
    shown = browser.get(reverse("gate:passage", args=[row.pk])).content.decode()
    assert "it was his brother" in shown
    assert reverse("gate:passage", args=[fresh.pk]) in shown


def test_everybody_inside_is_listed_searched_and_exported(gate):
    done = gate.issue()
    gate.let_in(gate.code(done))
    browser = gate.browser()
    browser.post(reverse("gate:come_in"), typed())
    page = browser.get(EVERYONE).content.decode()
    for name in (gate.person.name, "Ким Олег"):
        assert name in page
    found = browser.get(EVERYONE, {"q": "stroi"}).content.decode()
    assert found.count("<tr") == 2  # the head and one row
    chief = gate.browser(Role.SHIFT_SUPERVISOR)
    csv = b"".join(chief.get(EVERYONE, {"format": "csv"}).streaming_content)
    assert "Ким Олег" in csv.decode()


def test_a_vehicle_is_let_in_searched_and_let_out(gate):
    browser, step = gate.browser(), lorry()
    for _again in range(2):
        answer = browser.post(reverse("gate:vehicle_in"), step)
    row = Vehicle.objects.get()
    assert row.plate == "01KG123"
    assert answer.url == reverse("gate:vehicle", args=[row.pk])
    out = reverse("gate:vehicle_out", args=[row.pk])
    people = {p.name: str(p.pk) for p in row.people.all()}
    leaves = {"driver": people["Иванов Пётр"], "people": list(people.values())}
    early = browser.post(out, once() | leaves)
    assert "was not searched" in early.content.decode() or early.status_code == 422
    searched = reverse("gate:vehicle_search", args=[row.pk])
    browser.post(searched, {"dog": "on", "found": "a letter"})
    assert Vehicle.objects.get().left_at is None
    browser.post(searched, {"load_seen": "on"})
    other = browser.post(out, once() | leaves | {"load": "sand"})
    assert other.status_code == 422
    assert "Another load" in other.content.decode()
    assert "sand" in other.content.decode()
    done = browser.post(out, once() | leaves | {"load": "sand", "reason": "by order 7"})
    assert done.url == reverse("gate:vehicles")
    assert Vehicle.objects.get().left_at
    assert "01KG123" in browser.get(reverse("gate:vehicles")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mirror": ""}, "Say how it was searched"),
        ({"driver": ""}, "Fill in"),
        ({"plate": ""}, "Fill in"),
        ({"passengers": "\n".join(f"n{n}" for n in range(61))}, "At most 60"),
    ],
)
def test_a_vehicle_that_cannot_come_in_is_told_why(gate, wrong, said):
    answer = gate.browser().post(reverse("gate:vehicle_in"), lorry(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "bread" in answer.content.decode()


def test_a_vehicle_with_something_found_is_turned_away(gate):
    answer = gate.browser().post(
        reverse("gate:vehicle_in"), lorry(found="a telephone"), follow=True
    )
    assert "Turned away" in answer.content.decode()
    assert not Passage.objects.exists()


def test_badges_are_added_and_closed_on_a_page(gate):
    browser, url = gate.browser(Role.SHIFT_SUPERVISOR), reverse("gate:badges")
    new = {"number": "s2", "name": "Ли", "category": "staff"}
    assert browser.post(url, new).url == url
    assert browser.post(url, new | {"name": "Other"}).status_code == 422
    row = Badge.objects.get(number="S2")
    browser.post(reverse("gate:badge", args=[row.pk]))
    row.refresh_from_db()
    assert row.closed_on
    assert gate.browser().get(url).status_code == 403


def test_the_evacuation_list_shows_and_prints_everybody(gate):
    browser = gate.browser()
    browser.post(reverse("gate:come_in"), typed(name="Ким 🙂 Олег"))
    browser.post(reverse("gate:vehicle_in"), lorry())
    page = browser.get(reverse("gate:evacuation")).content.decode()
    pdf = text_of(browser.get(reverse("gate:evacuation_pdf")))
    for text in (page, pdf):
        assert "Иванов Пётр" in text
        assert "01KG123" in text
        assert "Everybody" in text
    assert "Ким ? Олег" in pdf


def test_who_only_reads_moves_nobody(gate):
    reader = gate.browser(Role.INSPECTOR)
    assert reader.get(EVERYONE).status_code == 200
    assert reader.get(reverse("gate:vehicles")).status_code == 200
    assert reader.post(SCAN, once(number="S1")).status_code == 403
    for name in ("come_in", "vehicle_in"):
        assert reader.get(reverse(f"gate:{name}")).status_code == 403
