"""Printers: added once, changed, asked, closed; which of them takes a paper."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.sites import selectors, services
from darbaza.sites.models import Printer
from darbaza.sites.types import Fault, Names, Paper
from tests import cast
from tests.sites.printing import house, standin
from tests.sites.printing.house import MANAGER, OFFICER

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_printer_is_added_once_and_is_on_record(colony):
    first = services.add_printer(house.draft(), **MANAGER)
    again = services.add_printer(house.draft(), **MANAGER)

    assert again.pk == first.pk
    assert (first.connection, first.passes, first.labels) == ("network", True, False)
    event = Event.objects.get()
    assert event.type == "printer.added"
    assert event.facts["address"] == "127.0.0.1"


def test_another_printer_under_a_taken_name_is_refused(colony):
    services.add_printer(house.draft(), **MANAGER)
    with pytest.raises(Conflict) as refused:
        services.add_printer(house.draft(port=9100), **MANAGER)
    assert refused.value.code == "printer_name_taken"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"names": Names("", "x", "x")}, "value_missing"),
        ({"names": Names("x" * 161, "x", "x")}, "value_too_long"),
        ({"kind": "laser"}, "value_unknown"),
        ({"sheet": "a0"}, "value_unknown"),
        ({"port": 0}, "value_out_of_range"),
        ({"port": 65_536}, "value_out_of_range"),
        ({"dots": 63}, "value_out_of_range"),
        ({"dpi": 721}, "value_out_of_range"),
        ({"address": "printer.example"}, "printer_address_impossible"),
        ({"address": "/etc/passwd"}, "printer_address_impossible"),
        ({"kind": "cups", "address": "-d"}, "printer_address_impossible"),
    ],
)
def test_a_printer_that_cannot_be_is_refused(colony, changes, code):
    with pytest.raises(Invalid) as refused:
        services.add_printer(house.draft(**changes), **MANAGER)
    assert refused.value.code == code
    assert Printer.objects.count() == 0


@pytest.mark.parametrize("by", [cast.GATE_OFFICER, cast.DIRECTOR, cast.INSPECTOR])
def test_only_who_manages_devices_adds_a_printer(colony, by):
    with pytest.raises(Forbidden):
        services.add_printer(house.draft(), by=by, at=cast.NINE)


def test_a_printer_stands_at_a_post_of_its_own_prison(colony, other_colony):
    theirs = cast.actor(cast.Role.ADMINISTRATOR, at=cast.OTHER_COLONY)
    post = services.add_post(house.NAMES, "window", by=theirs, at=cast.NINE)
    with pytest.raises(NotFound):
        services.add_printer(house.draft(post_id=post.pk), **MANAGER)


def test_a_change_is_on_record_and_what_was_heard_is_forgotten(colony):
    row = house.printer()
    services.ask_printer(row.pk, **MANAGER)

    services.change_printer(row.pk, house.draft(port=9100), **MANAGER)
    services.change_printer(row.pk, house.draft(port=9100), **MANAGER)

    row.refresh_from_db()
    assert (row.port, row.fault, row.asked_at) == (9100, "", None)
    event = Event.objects.get(type="printer.changed")
    assert event.facts["changes"] == {"port": [9, 9100]}


def test_a_change_cannot_take_anothers_name(colony):
    house.printer()
    other = house.printer("Башка")
    with pytest.raises(Conflict):
        services.change_printer(other.pk, house.draft(), **MANAGER)


def test_a_printer_is_closed_and_opened_again(colony):
    row = house.printer()
    for _time in range(2):
        services.close_printer(row.pk, on=TODAY, **MANAGER)
    assert house.send() is None
    for _time in range(2):
        services.reopen_printer(row.pk, **MANAGER)

    kinds = Event.objects.order_by("seq").values_list("type", flat=True)
    assert list(kinds) == ["printer.added", "printer.closed", "printer.reopened"]


def test_a_closed_printer_whose_name_is_taken_stays_closed(colony):
    row = house.printer()
    services.close_printer(row.pk, on=TODAY, **MANAGER)
    house.printer()
    with pytest.raises(Conflict):
        services.reopen_printer(row.pk, **MANAGER)


def test_a_printer_is_asked_and_its_answer_kept(colony):
    with standin.StandIn(standin.NO_PAPER) as real:
        row = house.printer(port=real.port)
        fault = services.ask_printer(row.pk, **MANAGER)
        row.refresh_from_db()
        assert (fault, row.fault) == (Fault.PAPER_OUT, Fault.PAPER_OUT.value)
        real.answers = standin.READY
        assert services.ask_printer(row.pk, **OFFICER) is None
    row.refresh_from_db()
    assert (row.fault, row.asked_at) == ("", cast.NINE)


def test_printers_of_another_prison_do_not_exist(colony, other_colony):
    row = house.printer()
    theirs = cast.actor(cast.Role.ADMINISTRATOR, at=cast.OTHER_COLONY)
    who = {"by": theirs, "at": cast.NINE}
    for door in (
        lambda: services.change_printer(row.pk, house.draft(), **who),
        lambda: services.close_printer(row.pk, on=TODAY, **who),
        lambda: services.reopen_printer(row.pk, **who),
        lambda: services.ask_printer(row.pk, **who),
        lambda: services.print_test(row.pk, house.PDF, request_id=uuid4(), **who),
        lambda: selectors.printer(row.pk, by=theirs),
    ):
        with pytest.raises(NotFound):
            door()
    assert list(selectors.printers(by=theirs)) == []


def test_the_printer_at_the_post_comes_before_one_for_all(colony):
    here = services.add_post(house.NAMES, "window", **MANAGER)
    there = services.add_post(Names("Б", "Б", "B"), "window", **MANAGER)
    own = house.printer("own", post_id=here.pk)
    common = house.printer("common", papers=frozenset({Paper.PASS, Paper.PAPER}))

    at_post = selectors.printers_for(here.pk, by=cast.GATE_OFFICER)
    elsewhere = selectors.printers_for(there.pk, by=cast.GATE_OFFICER)
    nowhere = selectors.printers_for(None, by=cast.GATE_OFFICER)

    assert at_post == {Paper.PASS: own, Paper.PAPER: common}
    assert elsewhere == nowhere == {Paper.PASS: common, Paper.PAPER: common}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "cups"},
        {"connection": "queue"},
        {"address": ""},
        {"port": 0},
        {"dots": 1},
        {"dpi": 1},
        {"fault": "out of ink"},
    ],
)
def test_the_database_itself_refuses_a_printer_that_cannot_be(colony, wrong):
    row = house.printer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Printer.objects.filter(pk=row.pk).update(**wrong)
