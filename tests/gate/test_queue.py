"""The queue as officers work with it: numbers, calls, aside, back, other lanes."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from darbaza.audit.models import Event
from darbaza.gate import selectors, services, slips
from darbaza.gate.models import Draft, Ticket, TicketEvent, WindowLane
from darbaza.gate.queueing import State, Step
from darbaza.gate.services.tickets import Wanted
from darbaza.gate.types import LaneDraft, ScreenDraft, TimingDraft
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.sites.types import Names
from darbaza.visits.models import Visit
from tests.gate.queuework import Queue
from tests.visits import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db, clock) -> Queue:
    clock.move_to(builders.at(9))
    return Queue()


def test_numbers_count_by_letter_and_day(queue):
    assert [queue.take().label, queue.take().label] == ["V-001", "V-002"]
    assert queue.take(queue.parcels).label == "P-001"
    tomorrow = services.take_ticket(
        Wanted(queue.visits.pk, "officer"), request_id=uuid4(), by=queue.officer,
        at=builders.at(9) + timedelta(days=1),
    )  # fmt: skip
    assert tomorrow.label == "V-001"


def test_the_same_request_is_one_ticket_and_no_other_prisons(queue):
    same = uuid4()
    assert queue.take(request=same) == queue.take(request=same, minute=5)
    assert Ticket.objects.count() == 1
    with pytest.raises(NotFound):
        queue.take(request=same, by=queue.other_prison())
    with pytest.raises(NotFound):
        queue.take(by=queue.other_prison())


def test_the_database_holds_a_number_to_one_a_day(queue):
    row = queue.take()
    row.pk, row.request_id, row.code = uuid4(), uuid4(), "X"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_ticket_carries_nothing_about_anybody(queue):
    row = queue.take()
    assert row.visit_id is row.sending_id is None
    assert row.list_code == ""
    assert Ticket.Sensitivity.personal == ("visit", "sending", "list_code")
    facts = Event.objects.get(type="gate.ticket_taken").facts_json
    assert "V-001" in facts
    assert row.code not in facts


def test_who_is_next_and_the_same_window_finishes_the_one_before(queue):
    first, second = queue.take(), queue.take(minute=1)
    assert queue.call() == first
    with pytest.raises(Conflict, match="ticket_in_hand"):
        queue.call()
    services.step_ticket(
        first.pk, Step.CALLED_AGAIN, by=queue.officer, at=builders.at(9, 31)
    )
    queue.step(first, Step.NO_SHOW)
    assert queue.call() == second
    assert queue.steps(first) == ["taken", "called", "called_again", "no_show"]


def test_two_windows_call_two_people_and_an_empty_queue_nobody(queue):
    first, second = queue.take(), queue.take(minute=1)
    assert [queue.call(queue.one), queue.call(queue.two)] == [first, second]
    queue.step(first, Step.DONE)
    assert queue.call(queue.one) is None


def test_mothers_go_before_those_who_came_less_than_a_quarter_earlier(queue):
    queue.take(minute=0)
    queue.take(minute=10)
    queue.take(queue.mothers, minute=20)
    assert queue.line() == ["V-001", "M-001", "V-002"]


def test_a_window_serves_its_lanes_only(queue):
    parcel = queue.take(queue.parcels)
    visit = queue.take(minute=5)
    set_up = {"by": queue.supervisor, "at": builders.at(8)}
    services.set_window(queue.one.pk, [queue.visits.pk], **set_up)
    services.set_window(queue.one.pk, [queue.visits.pk], **set_up)
    assert WindowLane.objects.count() == 1
    assert queue.call(queue.one) == visit
    assert queue.call(queue.two) == parcel
    services.set_window(queue.one.pk, [], **set_up)
    assert selectors.window_lanes(queue.one.pk, by=queue.officer) is None
    with pytest.raises(NotFound):
        services.set_window(queue.one.pk, [uuid4()], **set_up)


def test_aside_and_back_to_the_old_place(queue):
    first = queue.take()
    queue.take(minute=1)
    queue.call()
    queue.step(first, Step.PARKED)
    assert [t.label for t in selectors.aside(by=queue.officer, at=builders.at(9))] == [
        "V-001"
    ]
    queue.step(first, Step.RETURNED)
    assert queue.line() == ["V-001", "V-002"]
    assert queue.call(minute=40) == first
    first.refresh_from_db()
    assert first.called_at == builders.at(9, 30)  # the first call is what was waited


def test_whoever_did_not_come_may_come_back_but_not_out_of_what_has_ended(queue):
    row = queue.take()
    queue.call()
    queue.step(row, Step.NO_SHOW)
    queue.step(row, Step.RETURNED)
    assert queue.line() == ["V-001"]
    queue.step(row, Step.GONE)
    for step in (Step.RETURNED, Step.DONE, Step.PARKED):
        with pytest.raises(Conflict, match="ticket_state"):
            queue.step(row, step)
    with pytest.raises(Invalid):
        queue.step(row, Step.SEATED)


def test_another_lane_keeps_number_and_waiting(queue):
    queue.take(queue.parcels, minute=0)
    row = queue.take(minute=5)
    moved = services.move_ticket(
        row.pk, queue.mothers.pk, by=queue.officer, at=builders.at(9, 10)
    )
    assert (moved.label, moved.lane) == ("V-001", queue.mothers)
    assert queue.line() == ["V-001", "P-001"]
    again = services.move_ticket(
        row.pk, queue.mothers.pk, by=queue.officer, at=builders.at(9, 11)
    )
    assert queue.steps(again).count("moved") == 1


def test_one_number_may_be_called_out_of_its_turn_and_is_on_record(queue):
    queue.take()
    late = queue.take(minute=1)
    call = {"by": queue.officer, "at": builders.at(9, 30)}
    assert services.call_ticket(late.pk, queue.one.pk, **call) == late
    services.call_ticket(late.pk, queue.one.pk, **call)
    assert queue.steps(late) == ["taken", "called"]
    with pytest.raises(Conflict, match="ticket_state"):
        services.call_ticket(late.pk, queue.two.pk, **call)
    assert Event.objects.filter(type="gate.ticket_called").count() == 1


def test_the_call_lays_an_empty_draft_on_the_desk(queue):
    row = queue.take()
    queue.call()
    (draft,) = Draft.objects.filter(ticket=row)
    assert draft.post == queue.one
    queue.step(row, Step.NO_SHOW)
    assert not Draft.objects.filter(ticket=row).exists()


def test_other_prisons_and_other_roles_call_nobody(queue):
    row = queue.take()
    stranger = queue.other_prison()
    given = {"by": stranger, "at": builders.at(9, 30)}
    with pytest.raises(NotFound):
        services.call_next(queue.one.pk, **given)
    with pytest.raises(NotFound):
        services.step_ticket(row.pk, Step.GONE, **given)
    with pytest.raises(NotFound):
        selectors.ticket(row.pk, by=stranger)
    assert selectors.waiting(by=stranger, at=builders.at(9, 30)) == []
    secret = queue.screen()
    kiosk = selectors.screen_actor(secret)
    with pytest.raises(Forbidden):
        services.call_next(queue.one.pk, by=kiosk, at=builders.at(9, 30))


def test_events_are_only_added(queue):
    queue.take()
    for statement in (
        "UPDATE gate_ticketevent SET step = 'left'",
        "DELETE FROM gate_ticketevent",
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert TicketEvent.objects.count() == 1


def test_what_is_left_over_from_yesterday_has_gone_and_blocks_no_window(queue):
    called, waits = queue.take(), queue.take(minute=1)
    queue.call()
    next_day = builders.at(0, 1) + timedelta(days=1)
    assert selectors.waiting(by=queue.officer, at=next_day) == []
    assert services.call_next(queue.one.pk, by=queue.officer, at=next_day) is None
    services.take_ticket(
        Wanted(queue.visits.pk, "officer"), request_id=uuid4(), by=queue.officer,
        at=next_day,
    )  # fmt: skip
    for row in (called, waits):
        row.refresh_from_db()
        assert row.state == State.GONE


def test_somebody_served_over_midnight_is_still_finished(queue):
    row = queue.take(hour=23, minute=50)
    queue.call(hour=23, minute=55)
    Ticket.objects.filter(pk=row.pk).update(state=State.SERVING)
    after = builders.at(0, 1) + timedelta(days=1)
    services.call_next(queue.one.pk, by=queue.officer, at=after)
    row.refresh_from_db()
    assert row.state == State.DONE


def test_an_appointment_gives_one_number_however_often_its_code_is_used(queue):
    booked = _booked(queue)
    given = {"language": "ru", "by": queue.officer, "at": builders.at(9)}
    row = services.take_with_appointment(booked.reference.lower(), **given)
    assert (row.source, row.due_at) == ("appointment", booked.starts_at)
    assert row.visit_id is None
    bare = booked.reference.replace("-", " ")
    assert services.take_with_appointment(bare, **given) == row
    for wrong in ("", "ZZZ-ZZZZ", "'; DROP"):
        with pytest.raises(Invalid, match="appointment_unknown"):
            services.take_with_appointment(wrong, **given)
    Visit.objects.update(status="cancelled", sub_status="by_family")
    with pytest.raises(Invalid, match="appointment_unknown"):
        services.take_with_appointment(bare, **given)


@pytest.mark.parametrize(
    ("minute", "told"),
    [
        (0, ["10:15", "called from 10:10"]),
        (71, ["10:15"]),
        (95, ["10:15", "Its time is over", "You will probably wait"]),
    ],
)
def test_an_appointment_is_told_in_plain_words_when_it_counts(queue, minute, told):
    booked = _booked(queue)
    Visit.objects.update(starts_at=builders.at(10, 15))
    at = builders.at(9) + timedelta(minutes=minute)
    row = services.take_with_appointment(
        booked.reference, language="en", by=queue.officer, at=at
    )
    with translation.override("en"):
        words = slips.wait(row)
    sentences = [s for s in re.split(r"(?<=\.) ", words) if s]
    assert len(sentences) == len(told)
    assert all(word in words for word in told)


def test_a_code_of_another_day_or_prison_is_unknown(queue):
    booked = _booked(queue)
    for by, at in (
        (queue.officer, builders.at(9) + timedelta(days=1)),
        (queue.other_prison(), builders.at(9)),
    ):
        with pytest.raises(Invalid, match="appointment_unknown"):
            services.take_with_appointment(
                booked.reference, language="ky", by=by, at=at
            )


def _booked(queue) -> Visit:
    done = queue.issue(queue.person)
    Visit.objects.filter(pk=done.registered.visit_id).update(
        status="booked", source="booked", starts_at=builders.at(11)
    )
    return Visit.objects.get(pk=done.registered.visit_id)


def test_the_wait_that_is_told_follows_from_who_waits_and_what_windows_need(queue):
    first = queue.take()
    assert first.ahead == 0
    for minute in range(1, 6):
        queue.take(minute=minute)
    sixth = queue.take(minute=6)
    assert sixth.ahead == 6
    assert first.reckoned_minutes < sixth.reckoned_minutes == pytest.approx(32.5)
    assert sixth.low_minutes < 32 < sixth.high_minutes
    queue.call()
    queue.step(first, Step.DONE, minute=32)  # two minutes at the window
    assert queue.take(minute=33).reckoned_minutes == pytest.approx(6.5 * 2)


def test_a_secret_opens_a_screen_until_it_is_closed(queue):
    secret = queue.screen()
    kiosk = selectors.screen_actor(" ".join(secret).lower())
    assert kiosk.institution_id == queue.house.institution.pk
    assert selectors.screen(by=kiosk).kind == "kiosk"
    assert selectors.screen_actor("") is None
    assert selectors.screen_actor("0" * 20) is None
    (row,) = selectors.screens(by=queue.supervisor)
    assert secret not in str(vars(row))
    services.close_screen(
        row.pk, on=builders.MONDAY, by=queue.supervisor, at=builders.at(9)
    )
    assert selectors.screen_actor(secret) is None


def test_screens_and_lanes_are_set_up_once_and_by_rank(queue):
    draft, same = ScreenDraft("Kiosk A", "kiosk", queue.one.pk), uuid4()
    given = {"by": queue.supervisor, "at": builders.at(8)}
    assert services.add_screen(draft, request_id=same, **given).secret
    assert services.add_screen(draft, request_id=same, **given).secret == ""
    with pytest.raises(Conflict, match="screen_name_taken"):
        services.add_screen(draft, request_id=uuid4(), **given)
    with pytest.raises(Forbidden):
        services.add_screen(
            draft, request_id=uuid4(), by=queue.officer, at=builders.at(8)
        )
    names = Names("а", "б", "c")
    for prefix, error in (("V", Conflict), ("", Invalid), ("1", Invalid)):
        with pytest.raises(error):
            services.set_lane(LaneDraft(prefix, "visit", names), **given)
    changed = services.set_lane(
        LaneDraft("V", "visit", names, target_minutes=10),
        lane_id=queue.visits.pk, **given,
    )  # fmt: skip
    assert changed.target_minutes == 10


def test_a_lane_is_closed_once_nobody_waits_in_it(queue):
    row = queue.take()
    close = {"on": builders.MONDAY, "by": queue.supervisor, "at": builders.at(10)}
    with pytest.raises(Conflict, match="lane_in_use"):
        services.close_lane(queue.visits.pk, **close)
    queue.step(row, Step.GONE)
    services.close_lane(queue.visits.pk, **close)
    with pytest.raises(NotFound):
        queue.take()


def test_stop_watch_timings_are_entered_once_and_must_be_possible(queue):
    given = {"by": queue.supervisor, "at": builders.at(12)}
    draft, same = TimingDraft(builders.MONDAY, queue.visits.pk, 3600, 540), uuid4()
    assert services.enter_timing(draft, request_id=same, **given)
    services.enter_timing(draft, request_id=same, **given)
    assert selectors.timings(by=queue.supervisor).count() == 1
    tomorrow = builders.MONDAY + timedelta(days=1)
    for wrong, code in (
        (TimingDraft(builders.MONDAY, queue.visits.pk), "timing_empty"),
        (TimingDraft(builders.MONDAY, queue.visits.pk, 43_201), "timing_too_long"),
        (TimingDraft(tomorrow, queue.visits.pk, 60), "timing_in_future"),
    ):
        with pytest.raises(Invalid, match=code):
            services.enter_timing(wrong, request_id=uuid4(), **given)
    found = selectors.on_paper(by=queue.supervisor)
    assert {stage.value: times for stage, times in found.items()} == {
        "wait": [60.0], "desk": [9.0],
    }  # fmt: skip
    known = selectors.recorded(by=queue.supervisor, at=builders.at(13))
    assert known.paper_minutes == 9


def test_the_family_sees_how_its_number_stands_and_nothing_else(queue):
    queue.take()
    row = queue.take(minute=1)
    found, ahead = selectors.family_ticket(row.code.lower(), at=builders.at(9, 5))
    assert (found, ahead) == (row, 1)
    assert selectors.family_ticket("nothing", at=builders.at(9, 5)) is None
    next_day = builders.at(9) + timedelta(days=1)
    assert selectors.family_ticket(row.code, at=next_day) is None


def test_who_was_not_called_yesterday_is_before_nobody_today(queue, clock):
    queue.take()
    today = builders.at(9) + timedelta(days=1)
    clock.move_to(today)
    row = queue.take(at=today)
    assert selectors.family_ticket(row.code, at=today) == (row, 0)


def test_a_visit_registered_elsewhere_is_linked_once(queue):
    done = queue.issue(queue.person)
    row = queue.take()
    link = {"by": queue.officer, "at": builders.at(9, 32)}
    with pytest.raises(Conflict, match="ticket_state"):
        services.link_visit(row.pk, done.registered.visit_id, **link)
    queue.call()
    for _again in range(2):
        linked = services.link_visit(row.pk, done.registered.visit_id, **link)
    assert (linked.state, linked.visit_id) == ("done", done.registered.visit_id)
    assert queue.steps(row) == ["taken", "called", "accepted", "registered", "done"]
    with pytest.raises(NotFound):
        services.link_visit(row.pk, uuid4(), **link)


def test_three_calls_cost_the_old_place_and_two_do_not(queue):
    late, polite = queue.take(), queue.take(minute=1)
    for minute in (20, 25, 30):
        queue.take(minute=minute)
    for row, calls in ((late, 3), (polite, 2)):
        called = queue.call(minute=31)
        assert called == row
        for minute in range(1, calls):
            queue.step(row, Step.CALLED_AGAIN, minute=31 + minute)
        queue.step(row, Step.NO_SHOW, minute=35)

    queue.step(late, Step.RETURNED, minute=40)
    queue.step(polite, Step.RETURNED, minute=40)

    # At twenty to ten, as if here since twenty-five past nine.
    assert queue.line(minute=41) == ["V-002", "V-003", "V-001", "V-004", "V-005"]
