"""The inner gate: in on the scan, out after the photograph, lost passes, alarms."""

from uuid import uuid4

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate import codes
from darbaza.gate.models import Pass
from darbaza.visits.models import Visitor
from tests import cast
from tests.gate.house import Gate, scanned
from tests.visits import builders

pytestmark = pytest.mark.django_db

SCAN, OUT, OTHER = (
    reverse(f"gate:{name}") for name in ("inner_scan", "inner_out", "inner_other")
)


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    return Gate()


def state(answer) -> str:
    text = answer.content.decode()
    return text.split('data-tone="')[1].split('"')[0]


def test_the_scan_itself_lets_in_and_says_to_whom_and_where(gate):
    done = gate.issue()
    answer = gate.browser().post(SCAN, scanned(gate.code(done)))
    assert state(answer) == "in"
    assert Visitor.objects.get().status == "inside"
    for words in (gate.person.name, done.registered.reference, "Hall"):
        assert words in answer.content.decode()


def test_typed_with_blanks_in_lower_case_it_opens_too(gate):
    done = gate.issue()
    typed = codes.spoken(next(iter(done.passes.values()))).lower()
    assert state(gate.browser().post(SCAN, scanned(typed))) == "in"


def test_the_same_scan_twice_lets_in_once_and_does_not_ask_to_let_out(gate):
    done, browser = gate.issue(), gate.browser()
    code = gate.code(done)
    assert [state(browser.post(SCAN, scanned(code))) for _n in range(2)] == ["in", "in"]
    assert Event.objects.filter(type="visit.admitted").count() == 1


def test_the_way_out_shows_the_photograph_first_and_nobody_left_yet(gate):
    done, browser = gate.issue(), gate.browser()
    code = gate.code(done)
    gate.let_in(code)
    answer = browser.post(SCAN, scanned(code))
    assert state(answer) == "compare"
    assert Visitor.objects.get().status == "inside"
    assert "compare the document" in answer.content.decode()  # no photograph was taken

    step = scanned(code)
    assert [state(browser.post(OUT, step)) for _n in range(2)] == ["out", "out"]
    assert Visitor.objects.get().status == "left"
    assert Pass.objects.get().status == "returned"


def test_another_person_stays_in_and_it_is_on_record(gate):
    done, browser = gate.issue(), gate.browser()
    gate.let_in(gate.code(done))
    answer = browser.post(OTHER, {"pass": str(Pass.objects.get().pk)})
    assert state(answer) == "alarm"
    assert "supervisor" in answer.content.decode()
    assert Visitor.objects.get().status == "inside"
    assert Event.objects.filter(type="gate.other_person").count() == 1
    assert browser.post(OTHER, {"pass": "nonsense"}).status_code == 404


@pytest.mark.parametrize(
    ("way", "inside", "code"),
    [("in", True, "already_inside"), ("out", False, "not_inside")],
)
def test_a_chosen_way_that_does_not_fit_is_refused(gate, way, inside, code):
    done = gate.issue()
    if inside:
        gate.let_in(gate.code(done))
    answer = gate.browser().post(SCAN, scanned(gate.code(done), way))
    assert state(answer) == "refused"
    assert f'data-code="{code}"' in answer.content.decode()


def test_a_foreign_or_forged_code_stops_and_is_on_record(gate):
    browser = gate.browser()
    for text in (codes.printed(codes.new_number()), "DZ1:" + "0" * 24):
        assert state(browser.post(SCAN, scanned(text))) == "refused"
    assert Event.objects.filter(type="gate.code_refused").count() == 2
    assert browser.post(SCAN, {"code": ""}).status_code == 422


def test_a_child_leaves_with_an_adult(gate):
    child = gate.visitor("Асанова", birth_on="2018-01-01")
    done = gate.issue(gate.person, child)
    for who in (gate.person, child):
        gate.let_in(gate.code(done, who))
    browser = gate.browser()
    Visitor.objects.filter(person=child).update(part="child")
    alone = browser.post(SCAN, scanned(gate.code(done, child))).content.decode()
    assert "A child leaves with an adult" in alone
    lead = browser.post(SCAN, scanned(gate.code(done))).content.decode()
    assert "stay behind without an adult" in lead


def test_without_a_pass_one_is_found_by_name_in_any_script_and_let_out(gate):
    done, browser = gate.issue(gate.wife), gate.browser()
    gate.let_in(gate.code(done, gate.wife))
    found = browser.get(reverse("gate:inner_lost"), {"q": "asanova"})
    visitor = Visitor.objects.get()
    address = reverse("gate:inner_without", args=[visitor.pk])
    assert address in found.content.decode()

    step = {"what": "out", "scan_id": str(uuid4()), "reason": ""}
    assert state_of(browser.post(address, step)) == "inside"
    step["reason"] = "fell out of a pocket"
    assert [state(browser.post(address, step)) for _n in range(2)] == ["out", "out"]
    assert Pass.objects.get().status == "lost"
    assert Event.objects.filter(type="gate.left_without_pass").count() == 1


def state_of(_answer) -> str:
    return Visitor.objects.get().status


def test_a_new_pass_replaces_the_lost_one_and_the_bearer_stays(gate):
    done, browser = gate.issue(), gate.browser()
    gate.let_in(gate.code(done))
    visitor = Visitor.objects.get()
    step = {"what": "new", "scan_id": str(uuid4()), "reason": "torn in two"}
    answer = browser.post(reverse("gate:inner_without", args=[visitor.pk]), step)
    assert state(answer) == "replaced"
    assert sorted(Pass.objects.values_list("status", flat=True)) == ["lost", "valid"]
    assert Visitor.objects.get().status == "inside"


def test_visitors_of_another_prison_cannot_be_let_out(gate):
    done = gate.issue()
    gate.let_in(gate.code(done))
    stranger = gate.browser(house=builders.house("16"))
    visitor, row = Visitor.objects.get(), Pass.objects.get()
    assert state(stranger.post(SCAN, scanned(gate.code(done)))) == "refused"
    assert stranger.post(OTHER, {"pass": str(row.pk)}).status_code == 404
    address = reverse("gate:inner_without", args=[visitor.pk])
    assert stranger.get(address).status_code == 404


def test_who_only_reads_lets_nobody_in(gate):
    done = gate.issue()
    reader = gate.browser(Role.INSPECTOR)
    assert reader.post(SCAN, scanned(gate.code(done))).status_code == 403


def test_whoever_may_let_nobody_in_does_not_see_the_gate(colony, sign_in):
    assert sign_in(cast.REGISTRAR).get(reverse("gate:inner")).status_code == 403
    assert sign_in(cast.GATE_OFFICER).get(reverse("gate:inner")).status_code == 200
