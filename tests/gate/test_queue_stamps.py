"""Six stamps write themselves while the entrance does its work."""

from datetime import timedelta
from uuid import uuid4

import pytest

from darbaza.gate import selectors, services
from darbaza.gate.models import Ticket
from darbaza.gate.queueing import Step
from darbaza.gate.services import desk as steps
from darbaza.gate.waits import Stage
from darbaza.parcels import services as parcels
from darbaza.parcels.services.searching import SearchDraft
from tests.gate.deskwork import KNOWN
from tests.gate.queuework import Queue
from tests.visits import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(db, clock) -> Queue:
    clock.move_to(builders.at(9))
    return Queue()


def through_the_desk(queue, clock, *, scanned=31, finished=33) -> Ticket:
    """Take, call, scan, register: as the officer does it."""
    row = queue.take()
    queue.call(minute=30)
    draft = services.open_draft(post_id=None, by=queue.officer, at=builders.at(9, 30))
    clock.move_to(builders.at(9, scanned))
    at = {"by": queue.officer, "at": builders.at(9, scanned)}
    steps.scan(draft.pk, KNOWN, **at)
    steps.whom(draft.pk, queue.prisoner.pk, **at)
    steps.details(draft.pk, {"session": str(queue.session.pk)}, **at)
    steps.finish(
        draft.pk, refuse=False, language="ky", by=queue.officer,
        at=builders.at(9, finished),
    )  # fmt: skip
    row.refresh_from_db()
    return row


def test_a_family_from_its_number_to_the_way_out(queue, clock):
    row = through_the_desk(queue, clock)
    assert row.state == "done"
    visitor = row.visit.visitors.get()
    parcels.search(
        SearchDraft(visitor.person_id, "frisk", "at the entrance", True, "F"),
        request_id=uuid4(), by=queue.officer, at=builders.at(9, 40),
    )  # fmt: skip
    code = _code(row)
    for scan, at in (
        (services.let_in_by_code, builders.at(9, 45)),
        (services.let_out_by_code, builders.at(10, 30)),
    ):
        _pass, decision = scan(code, scan_id=uuid4(), by=queue.officer, at=at)
        assert decision, decision.codes
    stamps = {e.step: e.at for e in row.events.all()}
    assert {step: at.astimezone(builders.ZONE) for step, at in stamps.items()} == {
        "taken": builders.at(9), "called": builders.at(9, 30),
        "accepted": builders.at(9, 31), "registered": builders.at(9, 33),
        "done": builders.at(9, 33), "searched": builders.at(9, 40),
        "seated": builders.at(9, 45), "left": builders.at(10, 30),
    }  # fmt: skip
    (found,) = selectors.passed(builders.MONDAY, builders.MONDAY, by=queue.supervisor)
    assert {stage: found.minutes(stage) for stage in Stage} == {
        Stage.WAIT: 30, Stage.DESK: 3, Stage.TO_SEARCH: 7, Stage.SEARCH: 5,
        Stage.INSIDE: 45, Stage.WHOLE: 45,
    }  # fmt: skip
    measured = selectors.measured_minutes(
        builders.MONDAY, builders.MONDAY, by=queue.supervisor
    )
    assert measured.visit_desk.median == 3
    assert measured.search.mean == 5
    assert measured.visit.p95 == 45
    assert measured.parcel_desk is None
    known = selectors.recorded(by=queue.supervisor, at=builders.at(12))
    assert (known.desk_minutes, known.search_minutes) == (3, 5)
    assert known.paper_minutes is None


def _code(row: Ticket) -> str:
    from darbaza.gate import codes  # noqa: PLC0415 - one word of one test

    return codes.printed(row.visit.visitors.get().passes.get().number)


def test_the_first_document_counts_and_the_work_can_go_on_after_the_next_call(
    queue, clock
):
    row = queue.take()
    later = queue.take(minute=1)
    queue.call()
    draft = services.open_draft(post_id=None, by=queue.officer, at=builders.at(9, 30))
    at = {"by": queue.officer, "at": builders.at(9, 31)}
    steps.scan(draft.pk, KNOWN, **at)
    row.refresh_from_db()
    assert row.state == "serving"
    assert queue.call(minute=35) == later
    row.refresh_from_db()
    assert row.state == "done"
    draft.refresh_from_db()
    assert draft.ticket == row  # what comes of it is still theirs
    fresh = services.open_draft(post_id=None, by=queue.officer, at=builders.at(9, 36))
    assert (fresh.ticket, fresh.pk) != (row, draft.pk)
    assert fresh.ticket == later


def test_somebody_without_a_number_is_registered_as_ever(queue, clock):
    at = {"by": queue.officer, "at": builders.at(9, 31)}
    draft = services.open_draft(post_id=None, **at)
    steps.scan(draft.pk, KNOWN, **at)
    assert Ticket.objects.count() == 0


def test_stamps_are_written_once_and_the_clock_may_go_back(queue, clock):
    row = through_the_desk(queue, clock, scanned=20, finished=25)
    times = [e.step for e in row.events.order_by("id")]
    assert times.count(Step.REGISTERED) == 1
    (found,) = selectors.passed(builders.MONDAY, builders.MONDAY, by=queue.supervisor)
    assert found.minutes(Stage.DESK) is None  # registered "before" the call


def test_how_often_the_told_wait_was_right_is_reported(queue):
    for minute in range(4):
        queue.take(minute=minute)
    for minute in (3, 60 - 1):
        row = queue.call(hour=9, minute=minute)
        queue.step(row, Step.DONE, hour=9, minute=minute)
    found = selectors.accuracy(builders.MONDAY, builders.MONDAY, by=queue.supervisor)
    assert (found.told, found.right, found.longer) == (2, 1, 1)
    yesterday = builders.MONDAY - timedelta(days=1)
    assert selectors.passed(yesterday, yesterday, by=queue.supervisor) == []
