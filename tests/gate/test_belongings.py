"""Belongings: taken under a tag, held in a locker, given back, told at the exit."""

from uuid import uuid4

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate import policies, selectors, services
from darbaza.gate.models import Belonging, Deposit, Locker
from darbaza.gate.types import DepositDraft, ItemDraft
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.visits.models import Visitor
from tests.gate.house import Gate, scanned
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
PHONE = (ItemDraft("phone"),)


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    made = Gate()
    services.add_lockers("1-3", by=made.supervisor, at=NOW)
    return made


@pytest.fixture
def visitor(gate) -> Visitor:
    gate.code_of_pass = gate.code(gate.issue())
    return Visitor.objects.get()


def locker(label: str = "1") -> Locker:
    return Locker.objects.get(label=label)


def take(gate, items=PHONE, request=None, by=None, **changes) -> Deposit:
    draft = DepositDraft(items, **changes)
    return services.take(
        draft, request_id=request or uuid4(), by=by or gate.officer, at=NOW
    )


def give_back(gate, row, request=None, **changes) -> Deposit:
    given = {"by": gate.officer, "at": builders.at(11)} | changes
    return services.give_back(row.pk, request_id=request or uuid4(), **given)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1-3", ["1", "2", "3"]),
        ("1–3, A7", ["1", "2", "3", "A7"]),
        ("B1-2", ["B1", "B2"]),
        ("5", ["5"]),
        ("5, 5", ["5"]),
        ("", []),
        ("three", []),
        ("3-1", []),
        ("1-300", [str(n) for n in range(1, 301)]),
        ("1-301", []),
        ("1-200, 201-301", []),
    ],
)
def test_numbers_of_lockers_are_read_as_people_write_them(text, labels):
    assert policies.locker_labels(text) == labels


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ((ItemDraft("phone", 1),), []),
        ((ItemDraft("phone", 99),), []),
        ((ItemDraft("phone", 100),), ["deposit_too_many"]),
        ((ItemDraft("bag", 500),), ["deposit_too_many"]),
        ((ItemDraft("bag", 0),), ["deposit_too_many"]),
        ((), ["deposit_empty"]),
        (PHONE * 30, []),
        (PHONE * 31, ["deposit_too_long"]),
        ((ItemDraft("other", 1),), ["deposit_other_unnamed"]),
        ((ItemDraft("other", 1, "☂️ umbrella"),), []),
    ],
)
def test_what_fits_on_one_tag(items, codes):
    assert policies.deposit(DepositDraft(items)).codes == codes


def test_lockers_are_added_once_however_often_asked(gate):
    assert services.add_lockers("2-5", by=gate.supervisor, at=NOW) == 2
    assert services.add_lockers("2-5", by=gate.supervisor, at=NOW) == 0
    with pytest.raises(Invalid):
        services.add_lockers("all of them", by=gate.supervisor, at=NOW)
    with pytest.raises(Forbidden):
        services.add_lockers("9", by=gate.officer, at=NOW)
    assert Event.objects.filter(type="gate.lockers_added").count() == 2


def test_a_deposit_has_tag_lines_locker_and_record(gate, visitor):
    row = take(gate, visitor_id=visitor.pk, locker_id=locker().pk)
    assert (row.name, row.locker.label) == (gate.person.name, "1")
    assert row.tag.isdecimal()
    assert len(row.tag) == 6
    assert Belonging.objects.get().kind == "phone"
    event = Event.objects.get(type="gate.deposit_taken")
    assert (event.facts["locker"], event.facts["kinds"]) == ("1", ["phone"])


def test_the_same_request_twice_is_one_deposit(gate, visitor):
    same = uuid4()
    first, second = (
        take(gate, visitor_id=visitor.pk, locker_id=locker().pk, request=same)
        for _n in range(2)
    )
    assert first == second
    assert Deposit.objects.count() == Belonging.objects.count() == 1


def test_an_occupied_locker_and_a_tag_that_is_out_are_refused_with_whose(gate, visitor):
    take(gate, visitor_id=visitor.pk, locker_id=locker().pk, tag="T7")
    for more, code in (({"locker_id": locker().pk}, "locker_in_use"),
                       ({"tag": "T7"}, "tag_in_use")):  # fmt: skip
        with pytest.raises(Conflict) as refused:
            take(gate, visitor_id=visitor.pk, **more)
        assert refused.value.code == code
        assert refused.value.figures["name"] == gate.person.name
    assert Deposit.objects.count() == 1


def test_a_closed_locker_takes_nothing_and_a_full_one_is_not_closed(gate, visitor):
    row = take(gate, visitor_id=visitor.pk, locker_id=locker().pk)
    day = NOW.date()
    close = {"on": day, "by": gate.supervisor, "at": NOW}
    with pytest.raises(Conflict):
        services.close_locker(locker().pk, **close)
    services.close_locker(locker("2").pk, **close)
    with pytest.raises(Conflict):
        take(gate, visitor_id=visitor.pk, locker_id=locker("2").pk)
    give_back(gate, row)
    free = [one.label for one in selectors.free_lockers(by=gate.officer)]
    assert free == ["1", "3"]


def test_somebody_who_is_no_visitor_is_named_with_document(gate):
    row = take(gate, name="Ковалёв Игорь 👮", document="AN123")
    assert row.visitor is None
    with pytest.raises(Invalid):
        take(gate, name="Ковалёв")


def test_given_back_once_and_the_second_scan_says_when(gate, visitor):
    row, same = take(gate, visitor_id=visitor.pk, locker_id=locker().pk), uuid4()
    for _again in range(2):
        back = give_back(gate, row, same)
    assert (back.returned_to, back.tag_lost) == (row.name, False)
    with pytest.raises(Conflict) as refused:
        give_back(gate, row)
    assert refused.value.code == "deposit_returned"
    assert Event.objects.filter(type="gate.deposit_returned").count() == 1
    take(gate, visitor_id=visitor.pk, locker_id=locker().pk)  # free again


def test_without_the_tag_a_reason_is_needed(gate, visitor):
    row = take(gate, visitor_id=visitor.pk)
    with pytest.raises(Invalid):
        give_back(gate, row, reason="x")
    back = give_back(gate, row, reason="passport compared", to="his wife")
    assert (back.tag_lost, back.returned_to) == (True, "his wife")


def test_another_prison_finds_nothing_here(gate, visitor):
    row = take(gate, visitor_id=visitor.pk, tag="T7")
    stranger = builders.house("16").actor(Role.SHIFT_SUPERVISOR)
    assert selectors.deposit_by_tag("T7", by=stranger) is None
    assert list(selectors.held(by=stranger)) == []
    with pytest.raises(NotFound):
        give_back(gate, row, by=stranger)
    with pytest.raises(NotFound):
        take(gate, visitor_id=visitor.pk, by=stranger)
    with pytest.raises(NotFound):
        take(gate, name="A", document="B", locker_id=locker().pk, by=stranger)
    with pytest.raises(Forbidden):
        take(gate, name="A", document="B", by=gate.house.actor(Role.REGISTRAR))


def test_the_way_out_warns_of_what_is_held_and_stops_nobody(gate, visitor):
    take(gate, visitor_id=visitor.pk, locker_id=locker("3").pk)
    gate.let_in(gate.code_of_pass)
    browser = gate.browser()
    step = scanned(gate.code_of_pass)
    shown = browser.post(reverse("gate:inner_scan"), step).content.decode()
    assert "Things are still held" in shown
    assert "<b>3</b>" in shown
    shown = browser.post(reverse("gate:inner_out"), step).content.decode()
    assert "Things are still held" in shown
    assert Visitor.objects.get().status == "left"
    assert Event.objects.filter(type="gate.left_with_deposit").count() == 1


def test_nothing_held_is_no_warning_and_no_event(gate, visitor):
    row = take(gate, visitor_id=visitor.pk)
    give_back(gate, row)
    gate.let_in(gate.code_of_pass)
    step = scanned(gate.code_of_pass)
    shown = gate.browser().post(reverse("gate:inner_out"), step).content.decode()
    assert "Things are still held" not in shown
    assert not Event.objects.filter(type="gate.left_with_deposit").exists()
