"""Papers for printers: kept first, printed once, waiting where a printer is dead."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, NotFound
from darbaza.sites import printing, selectors, services
from darbaza.sites.models import PrintJob
from darbaza.sites.types import Fault, Paper
from tests import cast
from tests.sites.printing import house, standin
from tests.sites.printing.house import MANAGER
from tests.sites.printing.standin import StandIn

pytestmark = pytest.mark.django_db
LATER = {"by": cast.GATE_OFFICER, "at": cast.NINE + timedelta(minutes=5)}


def test_a_pass_is_printed_and_nothing_of_it_is_kept(colony):
    with StandIn(standin.READY) as real:
        printer = house.printer(port=real.port)
        job = house.send()

    assert (job.status, job.fault, job.attempts) == ("printed", "", 1)
    assert job.pdf is None
    assert len(standin.rasters(real.papers[0])) == 1
    printer.refresh_from_db()
    assert (printer.fault, printer.asked_at) == ("", cast.NINE)


def test_without_a_printer_for_it_the_browser_prints(colony):
    house.printer(papers=frozenset({Paper.RECEIPT}))
    assert house.send() is None
    assert PrintJob.objects.count() == 0


def test_the_same_request_again_prints_nothing(colony):
    request = uuid4()
    with StandIn(standin.READY) as real:
        house.printer(port=real.port)
        first, again = (house.send(request_id=request) for _time in range(2))
    assert first.pk == again.pk
    assert len(real.papers) == 1


def test_a_printer_that_is_off_loses_nothing(colony):
    printer = house.printer()

    job = house.send()

    assert (job.status, job.fault) == ("waiting", Fault.REFUSED.value)
    assert bytes(job.pdf) == house.PDF
    printer.refresh_from_db()
    assert printer.fault == Fault.REFUSED.value
    event = Event.objects.get(type="print.waits")
    assert event.facts == {"printer": str(printer.pk), "fault": "printer_refused"}


def test_what_waits_comes_out_by_itself_after_the_next_paper(colony):
    with StandIn(standin.NO_PAPER) as real:
        house.printer(port=real.port)
        first = house.send()
        assert first.fault == Fault.PAPER_OUT.value

        real.answers = standin.READY
        house.send(**LATER)

    first.refresh_from_db()
    assert (first.status, first.attempts) == ("printed", 2)
    assert len(real.papers) == 2


def test_what_has_waited_too_long_is_left_to_people(colony):
    with StandIn(standin.NO_PAPER) as real:
        house.printer(port=real.port)
        first = house.send()
        real.answers = standin.READY
        house.send(by=cast.GATE_OFFICER, at=cast.NINE + timedelta(hours=1))
    first.refresh_from_db()
    assert first.status == "waiting"


def test_what_broke_off_never_comes_out_by_itself(colony):
    with StandIn(standin.READY, breaks_after=5_000) as real:
        house.printer(port=real.port)
        first = house.send()
        assert (first.status, first.fault) == ("failed", Fault.BROKEN_OFF.value)
        real.breaks_after = 0
        house.send(**LATER)

        first.refresh_from_db()
        assert first.status == "failed"
        again = services.send_again(first.pk, **LATER)

    assert (again.status, again.attempts) == ("printed", 2)
    assert Event.objects.filter(type="print.again").count() == 1


def test_a_newer_copy_takes_the_place_of_one_that_waits(colony):
    with StandIn(standin.NO_PAPER) as real:
        house.printer(port=real.port)
        old, other = house.send(title="AAA-1111"), house.send(title="BBB-2222")
        label = house.send(title="AAA-1111", paper=Paper.LABEL)
        real.answers = standin.READY
        new = house.send(title="AAA-1111", **LATER)

    assert label is None
    for row in (old, other):
        row.refresh_from_db()
    assert (new.status, old.status, other.status) == ("printed", "cancelled", "printed")
    assert old.pdf is None
    assert len(real.papers) == 2
    event = Event.objects.get(type="print.cancelled")
    assert event.facts == {"newer": str(new.pk)}


def test_a_paper_goes_to_another_printer(colony):
    dead = house.printer()
    job = house.send()
    with StandIn(standin.READY) as real:
        other = house.printer("Башка", port=real.port)
        sent = services.send_elsewhere(job.pk, other.pk, **LATER)

    assert (sent.status, sent.printer_id) == ("printed", other.pk)
    event = Event.objects.get(type="print.elsewhere")
    assert event.facts == {"from": str(dead.pk), "to": str(other.pk)}


def test_a_paper_that_waits_is_opened_in_the_browser_and_given_up(colony):
    house.printer()
    job = house.send()

    assert services.open_paper(job.pk, **LATER) == house.PDF
    for _time in range(2):
        services.cancel_print(job.pk, **LATER)

    job.refresh_from_db()
    assert (job.status, job.pdf) == ("cancelled", None)
    kinds = Event.objects.order_by("seq").values_list("type", flat=True)
    assert list(kinds)[-2:] == ["print.opened", "print.cancelled"]


def test_what_was_printed_is_settled_for_good(colony):
    with StandIn(standin.READY) as real:
        printer = house.printer(port=real.port)
        job = house.send()
    for door in (
        lambda: services.send_again(job.pk, **LATER),
        lambda: services.send_elsewhere(job.pk, printer.pk, **LATER),
        lambda: services.cancel_print(job.pk, **LATER),
        lambda: services.open_paper(job.pk, **LATER),
    ):
        with pytest.raises(Conflict) as refused:
            door()
        assert refused.value.code == "print_job_settled"


def test_what_is_on_its_way_is_sent_by_nobody_else_until_it_is_lost(colony):
    house.printer()
    job = house.send()
    PrintJob.objects.filter(pk=job.pk).update(status="sending", fault="")

    soon = {"by": cast.GATE_OFFICER, "at": cast.NINE + timedelta(seconds=30)}
    with pytest.raises(Conflict) as refused:
        services.send_again(job.pk, **soon)
    assert refused.value.code == "print_job_sending"
    # The server was killed in the middle: after a minute people may decide.
    assert services.send_again(job.pk, **LATER).status == "waiting"


def test_a_closed_printer_gets_nothing_more(colony):
    printer = house.printer()
    job = house.send()
    services.close_printer(printer.pk, on=cast.NINE.date(), **MANAGER)

    with pytest.raises(Conflict):
        services.send_again(job.pk, **LATER)
    with pytest.raises(Conflict):
        services.send_elsewhere(job.pk, printer.pk, **LATER)
    with pytest.raises(Conflict):
        services.print_test(printer.pk, house.PDF, request_id=uuid4(), **MANAGER)


def test_a_test_page_is_printed_and_on_record(colony):
    with StandIn(standin.READY) as real:
        printer = house.printer(port=real.port, papers=frozenset())
        job = services.print_test(printer.pk, house.PDF, request_id=uuid4(), **MANAGER)
    assert (job.status, job.paper) == ("printed", "test")
    assert Event.objects.filter(type="printer.tested").count() == 1


def test_a_test_page_that_did_not_come_out_waits_for_nobody(colony):
    printer = house.printer()
    job = services.print_test(printer.pk, house.PDF, request_id=uuid4(), **MANAGER)
    assert (job.status, job.fault) == ("cancelled", Fault.REFUSED.value)
    assert job.pdf is None


@pytest.mark.parametrize(
    "by", [cast.INSPECTOR, cast.HEADQUARTERS, cast.ADMINISTRATOR], ids=lambda a: a.name
)
def test_who_does_not_work_with_papers_prints_and_opens_none(colony, head_office, by):
    house.printer()
    job = house.send()
    for door in (
        lambda: house.send(by=by),
        lambda: services.open_paper(job.pk, by=by, at=cast.NINE),
        lambda: services.cancel_print(job.pk, by=by, at=cast.NINE),
    ):
        with pytest.raises(Forbidden):
            door()


def test_papers_of_another_prison_do_not_exist(colony, other_colony):
    house.printer()
    job = house.send()
    who = {"by": cast.OUTSIDER, "at": cast.NINE}
    for door in (
        lambda: services.send_again(job.pk, **who),
        lambda: services.send_elsewhere(job.pk, job.printer_id, **who),
        lambda: services.open_paper(job.pk, **who),
        lambda: services.cancel_print(job.pk, **who),
        lambda: selectors.print_job(job.pk, by=cast.OUTSIDER),
    ):
        with pytest.raises(NotFound):
            door()
    # The same request elsewhere is another request.
    assert selectors.print_job_asked(job.request_id, by=cast.OUTSIDER) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "failed", "fault": ""},
        {"status": "printed", "ended_at": cast.NINE, "pdf": None},  # with its fault
        {"status": "cancelled", "ended_at": cast.NINE},
        {"status": "cancelled", "pdf": None},
        {"status": "waiting", "pdf": None},
        {"status": "waiting", "ended_at": cast.NINE},
        {"fault": "no ink"},
    ],
)
def test_the_database_itself_refuses_a_state_that_cannot_be(colony, wrong):
    house.printer()
    job = house.send()
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintJob.objects.filter(pk=job.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_no_printer_is_spoken_to_inside_a_transaction(colony, monkeypatch):
    house.printer()
    with pytest.raises(RuntimeError), transaction.atomic():
        house.send()

    def sent(*_args, **_named):
        assert not transaction.get_connection().in_atomic_block

    monkeypatch.setattr(printing, "send", sent)
    assert house.send().status == "printed"
