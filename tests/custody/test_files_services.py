"""Admission, transfer, changes, separations, release, correction."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from darbaza.audit.models import Event
from darbaza.custody import selectors, services
from darbaza.custody.models import Change, Prisoner, Separation
from darbaza.custody.types import Order
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests import cast
from tests.custody.files import LONG_BEFORE, TODAY, admit, cell, order
from tests.persons.people import register

pytestmark = pytest.mark.usefixtures("colony", "other_colony")
WHO = {"by": cast.REGISTRAR, "at": cast.NINE}
THEM = {"by": cast.OUTSIDER, "at": cast.NINE}
DAY = timedelta(days=1)


def events() -> list[str]:
    rows = Event.objects.filter(type__startswith="prisoner.").order_by("id")
    return list(rows.values_list("type", flat=True))


def steps(prisoner) -> list[str]:
    return list(prisoner.changes.order_by("pk").values_list("step", flat=True))


CALLS = {
    "transfer": lambda k, o, w: services.transfer(k, cast.OTHER_COLONY, o, **w),
    "regime": lambda k, o, w: services.change_regime(k, "colony_strict", o, **w),
    "conditions": lambda k, o, w: services.change_conditions(k, "eased", o, **w),
    "legal": lambda k, o, w: services.change_legal_status(k, "life", o, **w),
    "separate": lambda k, o, w: services.separate(k, "quarantine", None, o, **w),
    "release": lambda k, o, w: services.release(k, o, **w),
}
STEP = {
    "transfer": "transferred",
    "regime": "regime_changed",
    "conditions": "conditions_changed",
    "legal": "legal_status_changed",
    "separate": "separated",
    "release": "released",
}


@pytest.mark.parametrize("name", CALLS)
def test_every_step_leaves_a_row_and_an_event(name):
    prisoner = admit()

    CALLS[name](prisoner.pk, order(), WHO)

    assert steps(prisoner) == ["admitted", STEP[name]]
    assert events() == ["prisoner.admitted", f"prisoner.{STEP[name]}"]


@pytest.mark.parametrize("name", CALLS)
def test_every_step_sent_twice_is_done_once(name):
    prisoner = admit()
    paper = order()

    CALLS[name](prisoner.pk, paper, WHO)
    CALLS[name](prisoner.pk, paper, WHO)

    assert len(steps(prisoner)) == 2


@pytest.mark.parametrize("name", CALLS)
def test_every_step_is_refused_from_another_institution(name):
    prisoner = admit()

    with pytest.raises(NotFound):
        CALLS[name](prisoner.pk, order(), THEM)
    assert steps(prisoner) == ["admitted"]


@pytest.mark.parametrize("name", CALLS)
def test_every_step_needs_the_right_and_an_open_file_and_a_day_that_can_be(name):
    prisoner = admit()
    guard = {"by": cast.GATE_OFFICER, "at": cast.NINE}

    with pytest.raises(Forbidden):
        CALLS[name](prisoner.pk, order(), guard)
    with pytest.raises(Invalid, match="in_force_in_future"):
        CALLS[name](prisoner.pk, order(TODAY + DAY), WHO)
    with pytest.raises(Invalid, match="in_force_too_early"):
        CALLS[name](prisoner.pk, order(LONG_BEFORE - DAY), WHO)
    with pytest.raises(Invalid, match="signed_in_future"):
        CALLS[name](prisoner.pk, order(signed_on=TODAY + DAY), WHO)
    services.release(prisoner.pk, order(), **WHO)
    with pytest.raises(Conflict, match="prisoner_released"):
        CALLS[name](prisoner.pk, order(), WHO)


@pytest.mark.parametrize("name", ["transfer", "separate", "release"])
def test_some_steps_need_the_number_of_an_order(name):
    with pytest.raises(Invalid, match="order_missing"):
        CALLS[name](admit().pk, order(number=" "), WHO)


@pytest.mark.parametrize("name", ["regime", "conditions", "legal"])
def test_a_change_to_what_stands_is_refused(name):
    prisoner = admit(regime="colony_strict", conditions="eased", legal_status="life")

    with pytest.raises(Conflict, match="nothing_changes"):
        CALLS[name](prisoner.pk, order(), WHO)


def test_a_change_keeps_what_was_and_what_became():
    prisoner = admit()

    services.change_regime(prisoner.pk, "colony_strict", order(), **WHO)

    row = prisoner.changes.get(step=Change.Step.REGIME_CHANGED)
    assert row.before == {"regime": "colony_general"}
    assert row.after == {"regime": "colony_strict"}
    assert Event.objects.get(type="prisoner.regime_changed").facts["before"] == (
        row.before
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, "number_missing"),
        ({"term_ends_on": LONG_BEFORE - DAY}, "term_ends_before_admission"),
    ],
)
def test_admission_refuses_what_cannot_be(changes, code):
    with pytest.raises(Invalid, match=code):
        admit(**changes)


def test_nobody_is_held_twice_and_no_number_given_twice():
    person = register("Осмонов", "Нурлан")
    prisoner = admit(person)

    with pytest.raises(Conflict, match="held_already"):
        admit(person, by=cast.OUTSIDER)
    with pytest.raises(Conflict, match="number_taken"):
        admit(register("Үсөнов", "Азамат"), number=prisoner.number.lower())


def test_somebody_released_who_comes_back_gets_a_new_file():
    person = register("Осмонов", "Нурлан")
    first = admit(person)
    services.release(first.pk, order(), **WHO)

    second = admit(person)

    assert second.pk != first.pk
    assert person.files.count() == 2


def test_admission_into_a_cell_brings_its_block_and_no_foreign_cell():
    room = cell()

    prisoner = admit(cell_id=room.pk)

    assert (prisoner.block_id, prisoner.cell_id) == (room.block_id, room.pk)
    with pytest.raises(NotFound):
        admit(register("Үсөнов", "Азамат"), cell_id=uuid4())


def test_a_transfer_takes_the_file_with_all_that_belongs_to_it_along():
    prisoner, visitor = admit(cell_id=cell().pk), register("Осмонова", "Айгүл")
    contact = services.propose_contact(prisoner.pk, visitor.pk, "spouse", **WHO)

    services.transfer(prisoner.pk, cast.OTHER_COLONY, order(), **WHO)

    prisoner.refresh_from_db()
    contact.refresh_from_db()
    assert (prisoner.institution_id, prisoner.cell) == (cast.OTHER_COLONY, None)
    assert contact.institution_id == cast.OTHER_COLONY
    assert not selectors.contacts(by=cast.REGISTRAR).exists()
    services.approve_contact(contact.pk, **THEM)


@pytest.mark.parametrize("to", [cast.COLONY, cast.HEAD_OFFICE, uuid4()])
def test_a_transfer_goes_to_another_prison_only(to, head_office):
    with pytest.raises((Invalid, NotFound)):
        services.transfer(admit().pk, to, order(), **WHO)


def test_placing_warns_but_places_and_the_warning_is_on_record():
    full = cell(places=1)
    services.place(admit().pk, full.pk, order(), **WHO)
    prisoner = admit(register("Үсөнов", "Азамат", sex="M"), legal_status="remand")
    paper = order(number="")

    decision = services.place(prisoner.pk, full.pk, paper, **WHO)
    again = services.place(prisoner.pk, full.pk, paper, **WHO)

    prisoner.refresh_from_db()
    assert decision.codes == ["cell_full", "cell_mixes_remand"]
    assert again.codes == []
    assert prisoner.cell == full
    assert events().count("prisoner.placement_warned") == 1


def test_a_cell_of_another_institution_does_not_exist():
    with pytest.raises(NotFound):
        services.place(admit(by=cast.OUTSIDER).pk, cell().pk, order(), **THEM)


def isolate(prisoner, start: int, length: int) -> Separation:
    """Isolate from ``start`` days ago, seen from that day."""
    starts_on = TODAY - timedelta(days=start)
    ends_on = starts_on + timedelta(days=length)
    return services.separate(prisoner.pk, "isolation", ends_on, order(starts_on), **WHO)


def test_isolation_of_fifteen_days_is_entered_and_a_sixteenth_is_not():
    prisoner = admit()
    isolate(prisoner, 20, 15)

    with pytest.raises(Invalid, match="isolation_too_long"):
        isolate(prisoner, 5, 1)
    isolate(prisoner, 4, 15)

    assert prisoner.separations.count() == 2


def test_isolation_ended_early_counts_with_the_day_of_its_end():
    prisoner = admit()
    row = isolate(prisoner, 9, 15)
    services.end_separation(row.pk, order(), **WHO)  # the tenth day

    with pytest.raises(Invalid, match="isolation_too_long"):
        services.separate(
            prisoner.pk,
            "isolation",
            TODAY + timedelta(days=7),
            order(TODAY + DAY),
            by=cast.REGISTRAR,
            at=cast.NINE + DAY,
        )
    services.separate(
        prisoner.pk,
        "isolation",
        TODAY + timedelta(days=6),
        order(TODAY + DAY),
        by=cast.REGISTRAR,
        at=cast.NINE + DAY,
    )


@pytest.mark.parametrize(
    ("kind", "length", "code"),
    [
        ("isolation", None, "isolation_without_end"),
        ("isolation", 0, "ends_before_start"),
        ("quarantine", -1, "ends_before_start"),
    ],
)
def test_a_separation_that_cannot_be_is_refused(kind, length, code):
    ends_on = None if length is None else TODAY + timedelta(days=length)
    with pytest.raises(Invalid, match=code):
        services.separate(admit().pk, kind, ends_on, order(), **WHO)


def test_the_database_itself_knows_no_sixteenth_day():
    prisoner = admit()
    row = Separation(
        institution_id=cast.COLONY,
        prisoner=prisoner,
        kind="isolation",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=16),
        order_number="1",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_two_separations_of_a_kind_never_cover_one_day():
    prisoner = admit()
    services.separate(prisoner.pk, "hospital", None, order(TODAY - DAY), **WHO)

    with pytest.raises(Conflict, match="separation_overlaps"):
        services.separate(prisoner.pk, "hospital", None, order(), **WHO)


def test_a_separation_is_ended_once_and_not_from_elsewhere():
    prisoner = admit()
    row = services.separate(prisoner.pk, "hospital", None, order(TODAY - DAY), **WHO)

    with pytest.raises(NotFound):
        services.end_separation(row.pk, order(), **THEM)
    with pytest.raises(Invalid, match="in_force_too_early"):
        services.end_separation(row.pk, order(TODAY - 2 * DAY), **WHO)
    assert selectors.separated_on(prisoner.pk, TODAY, by=cast.REGISTRAR) == [row]
    services.end_separation(row.pk, order(), **WHO)
    services.end_separation(row.pk, order(), **WHO)

    assert steps(prisoner) == ["admitted", "separated", "separation_ended"]
    assert selectors.separated_on(prisoner.pk, TODAY, by=cast.REGISTRAR) == []


def test_a_correction_says_why_and_keeps_before_and_after():
    prisoner = admit()
    values = {"regime": "colony_strict", "identity_confirmed": True}
    paper = Order("", TODAY, reason="misread in the verdict", request_id=uuid4())

    services.correct(prisoner.pk, values, paper, **WHO)
    services.correct(prisoner.pk, values, paper, **WHO)

    row = prisoner.changes.get(step="corrected")
    assert row.before == {"regime": "colony_general", "identity_confirmed": False}
    assert row.reason == "misread in the verdict"


@pytest.mark.parametrize(
    ("values", "reason", "code"),
    [
        ({"regime": "colony_strict"}, " ", "say_why"),
        ({"status": "released"}, "why", "not_correctable"),
        ({"institution_id": cast.OTHER_COLONY}, "why", "not_correctable"),
        ({"released_on": TODAY}, "why", "not_correctable"),
    ],
)
def test_a_correction_that_may_not_be_is_refused(values, reason, code):
    with pytest.raises(Invalid, match=code):
        services.correct(admit().pk, values, order(reason=reason), **WHO)


def test_a_correction_to_a_taken_number_leaves_everything_as_it_was():
    other, prisoner = admit(register("Үсөнов", "Азамат")), admit()
    why = order(reason="misread")

    with pytest.raises(Conflict, match="correction_does_not_fit"):
        services.correct(prisoner.pk, {"number": other.number}, why, **WHO)
    with pytest.raises(NotFound):
        services.correct(prisoner.pk, {"regime": "sizo"}, order(reason="x"), **THEM)

    prisoner.refresh_from_db()
    assert prisoner.number != other.number
    assert steps(prisoner) == ["admitted"]
    assert Prisoner.objects.filter(regime="sizo").count() == 0
