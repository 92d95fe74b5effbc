"""The shift: opened once, handed over with two signatures, closed, reported."""

from uuid import uuid4

import pytest
from django.urls import reverse

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.gate import selectors, services
from darbaza.gate.models import Shift
from darbaza.gate.types import DepositDraft, ItemDraft, PassageDraft
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.gate.deskwork import PASSWORD
from tests.gate.house import Gate
from tests.gate.test_lists import text_of
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(db, clock) -> Gate:
    clock.move_to(builders.at(10, 30))
    made = Gate()
    made.next = made.house.actor(Role.GATE_OFFICER, "Б. Алиев").__class__(
        **{f: getattr(made.officer, f) for f in made.officer.__slots__}
        | {"id": uuid4(), "name": "Б. Алиев"}
    )
    return made


def begin(gate, request=None, by=None) -> Shift:
    key = request or uuid4()
    return services.open_shift(request_id=key, by=by or gate.officer, at=NOW)


def hand(gate, row, counted=None, request=None, **changes) -> Shift:
    given = {"taking": gate.next, "by": gate.officer, "at": builders.at(20)} | changes
    return services.hand_over(
        row.pk, counted or {}, request_id=request or uuid4(), **given
    )


def test_a_shift_is_opened_once_by_the_same_request_and_never_twice(gate):
    same = uuid4()
    row = begin(gate, same)
    assert begin(gate, same) == row
    with pytest.raises(Conflict) as refused:
        begin(gate, by=gate.next)
    assert refused.value.code == "shift_open_already"
    assert refused.value.figures["name"] == gate.officer.name
    assert Event.objects.filter(type="gate.shift_opened").count() == 1


def test_a_hand_over_keeps_what_stands_and_begins_the_next(gate):
    done = gate.issue()
    gate.let_in(gate.code(done))
    visitor = next(iter(done.passes))
    services.take(
        DepositDraft((ItemDraft("phone"),), visitor_id=visitor),
        request_id=uuid4(), by=gate.officer, at=NOW,
    )  # fmt: skip
    services.come_in(
        PassageDraft("Ким Олег", "contractor"),
        request_id=uuid4(), by=gate.officer, at=NOW,
    )  # fmt: skip
    row, same = begin(gate), uuid4()
    counted = {"deposits_held": (2, "one more bag beside the window")}
    after = hand(gate, row, counted, same, note="the lamp at the exit is broken")
    assert hand(gate, row, counted, same) == after
    row.refresh_from_db()
    kept = {one["code"]: (one["count"], one["counted"]) for one in row.figures}
    assert kept["deposits_held"] == (1, 2)
    assert kept["passes_outstanding"] == kept["inside_visitor"] == (1, None)
    assert kept["inside_contractor"] == (1, None)
    assert (row.handed_by, row.taken_by) == (gate.officer.name, "Б. Алиев")
    assert (after.officer, after.after) == ("Б. Алиев", row)
    event = Event.objects.get(type="gate.shift_handed_over")
    assert event.facts["figures"]["deposits_held"] == [1, 2]


def test_a_difference_needs_a_reason_and_nothing_is_lost(gate):
    row = begin(gate)
    with pytest.raises(Invalid) as refused:
        hand(gate, row, {"deposits_held": (3, "")})
    assert refused.value.figures["field"] == "reason_deposits_held"
    row.refresh_from_db()
    assert row.ended_at is None


def test_of_two_who_hand_over_at_once_the_second_is_told(gate):
    row = begin(gate)
    hand(gate, row)
    with pytest.raises(Conflict) as refused:
        hand(gate, row)
    assert refused.value.code == "shift_ended"
    assert refused.value.figures["to"] == "Б. Алиев"
    with pytest.raises(Conflict):
        services.close_shift(
            row.pk, {}, request_id=uuid4(), by=gate.officer, at=builders.at(21)
        )
    assert Shift.objects.filter(ended_at=None).count() == 1


def test_nobody_hands_over_to_themselves_nor_to_whom_it_is_not_given(gate):
    row = begin(gate)
    with pytest.raises(Invalid):
        hand(gate, row, taking=gate.officer)
    reader = gate.house.actor(Role.INSPECTOR, "Reader")
    reader = reader.__class__(
        **{f: getattr(reader, f) for f in reader.__slots__} | {"id": uuid4()}
    )
    with pytest.raises(Forbidden):
        hand(gate, row, taking=reader)


def test_a_shift_is_closed_once_and_the_next_opens_fresh(gate):
    row, same = begin(gate), uuid4()
    for _again in range(2):
        services.close_shift(
            row.pk, {}, request_id=same, by=gate.officer, at=builders.at(20)
        )
    assert Event.objects.filter(type="gate.shift_closed").count() == 1
    assert selectors.shift_running(by=gate.officer) is None
    begin(gate)


def test_another_prison_neither_sees_nor_ends_it(gate):
    same = uuid4()
    row = begin(gate, same)
    stranger = builders.house("16").actor(Role.SHIFT_SUPERVISOR, "Чужой")
    for step in (lambda: begin(gate, same, by=stranger),
                 lambda: hand(gate, row, by=stranger),
                 lambda: selectors.shift_of(row.pk, by=stranger)):  # fmt: skip
        with pytest.raises(NotFound):
            step()
    assert selectors.shift_running(by=stranger) is None


def signed(**changes) -> dict[str, str]:
    return {"request_id": str(uuid4()), "own": PASSWORD, "username": "next",
            "password": PASSWORD} | changes  # fmt: skip


def test_the_page_opens_hands_over_and_shows_both_names(gate):
    browser = gate.browser()
    gate.staff("next", Role.GATE_OFFICER)
    assert "No shift is open" in browser.get(reverse("gate:shift")).content.decode()
    browser.post(reverse("gate:shift_open"), {"request_id": str(uuid4())})
    row = Shift.objects.get()
    url = reverse("gate:shift_hand_over", args=[row.pk])

    for wrong, said in (
        ({"own": "wrong"}, "Your own password is wrong"),
        ({"password": "wrong"}, "password of the colleague are wrong"),
        ({"counted_deposits_held": "4"}, "Counted 4, the system says 0"),
    ):
        answer = browser.post(url, signed(note="lamp", **wrong))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "lamp" in answer.content.decode()
    step = signed(note="lamp", counted_deposits_held="0")
    for _again in range(2):
        answer = browser.post(url, step, follow=True)
    text = answer.content.decode()
    assert "Next" in text
    assert "lamp" in text
    assert Shift.objects.count() == 2


def test_the_page_closes_and_a_second_opening_is_told(gate):
    browser = gate.browser()
    for _twice in range(2):
        answer = browser.post(reverse("gate:shift_open"), {"request_id": str(uuid4())})
    assert answer.status_code == 422
    assert "open already" in answer.content.decode()
    row = Shift.objects.get()
    answer = browser.post(reverse("gate:shift_close", args=[row.pk]), signed())
    assert Shift.objects.get().ended_at
    assert "nobody took over" in browser.get(answer.url).content.decode()
    reader = gate.browser(Role.INSPECTOR)
    assert reader.get(reverse("gate:shift")).status_code == 200


def test_the_report_prints_the_hand_over_with_both_signatures_and_the_head(gate):
    row = begin(gate)
    hand(gate, row, {"deposits_held": (1, "a bag without tag 🎒")})
    supervisor = gate.browser(Role.SHIFT_SUPERVISOR)
    span = {"first": "23.11.2026 00:00", "last": "23.11.2026 23:00"}
    page = supervisor.get(reverse("gate:shift_report"), span).content.decode()
    pdf = text_of(supervisor.get(reverse("gate:shift_report_pdf"), span))
    for text in (page, pdf):
        assert "Belongings in keeping" in text
        assert "a bag without tag" in text
        assert "Б. Алиев" in text
    assert "№" in pdf
