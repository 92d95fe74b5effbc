"""The timetable: local staff change it, and it counts at once."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.visits import selectors, services
from darbaza.visits.models import Closure, Session, Template
from tests.visits import builders
from tests.visits.builders import MONDAY, House, at

pytestmark = pytest.mark.django_db
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def home() -> House:
    return builders.house()


def draft(home: House) -> services.TemplateDraft:
    return services.TemplateDraft(
        name_ky="Эртең менен",
        name_ru="Утро",
        name_en="Morning",
        kind="short",
        room_id=home.hall.pk,
        weekday=0,
        starts_at=time(9),
        minutes=240,
        open_places=3,
        closed_places=1,
        valid_from=date(2026, 11, 1),
    )


def test_a_new_template_shows_in_the_week_at_once_and_is_on_record(home: House) -> None:
    row = services.add_template(
        draft(home), request_id=uuid4(), by=home.actor(), at=at(8)
    )
    (slot,) = selectors.sessions_on(MONDAY, by=home.actor())
    assert (slot.template_id, slot.session_id) == (row.pk, None)
    assert (slot.starts_at, slot.ends_at) == (at(9), at(13))
    assert (slot.open_free, slot.closed_free) == (3, 1)
    assert Event.objects.get().type == "timetable.template_added"


def test_the_same_form_twice_makes_one_template(home: House) -> None:
    key = uuid4()
    for _ in range(2):
        services.add_template(draft(home), request_id=key, by=home.actor(), at=at(8))
    assert Template.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekday": 7}, "weekday"),
        ({"minutes": 0}, "minutes"),
        ({"open_places": 0, "closed_places": 0}, "open_places"),
        ({"valid_to": date(2026, 11, 1)}, "valid_to"),
    ],
)
def test_an_impossible_template_is_refused(
    home: House, change: dict[str, int], field: str
) -> None:
    wrong = replace(draft(home), **change)
    with pytest.raises(Invalid) as caught:
        services.add_template(wrong, request_id=uuid4(), by=home.actor(), at=at(8))
    assert caught.value.figures["field"] == field


def test_rooms_and_templates_of_another_institution_do_not_exist(home: House) -> None:
    other = builders.house("16")
    theirs = replace(draft(home), room_id=other.hall.pk)
    with pytest.raises(NotFound):
        services.add_template(theirs, request_id=uuid4(), by=home.actor(), at=at(8))
    row = builders.template(other)
    with pytest.raises(NotFound):
        services.end_template(row.pk, by=home.actor(), at=at(8))
    with pytest.raises(NotFound):
        services.session_for(row.pk, MONDAY, by=home.actor(), at=at(8))
    assert selectors.sessions_on(MONDAY, by=home.actor()) == []


def test_a_gate_officer_may_not_change_the_timetable(home: House) -> None:
    with pytest.raises(Forbidden):
        services.add_template(
            draft(home),
            request_id=uuid4(),
            by=home.actor(Role.GATE_OFFICER),
            at=at(8),
        )


def test_the_dated_session_is_made_once(home: House) -> None:
    row = builders.template(home)
    first = services.session_for(row.pk, MONDAY, by=home.actor(), at=at(8))
    again = services.session_for(row.pk, MONDAY, by=home.actor(), at=at(8))
    assert first == again
    (slot,) = selectors.sessions_on(MONDAY, by=home.actor())
    assert slot.session_id == first.pk


def test_no_session_on_a_day_that_the_template_leaves_out(home: House) -> None:
    row = builders.template(home, every_weeks=2, valid_from=MONDAY)
    with pytest.raises(Conflict):
        services.session_for(row.pk, NEXT_MONDAY, by=home.actor(), at=at(8))
    assert not Session.objects.exists()


def test_a_change_moves_unused_sessions_and_keeps_used_ones(home: House) -> None:
    row = builders.template(home)
    used = services.session_for(row.pk, MONDAY, by=home.actor(), at=at(8))
    builders.visit(home, session=used)
    services.session_for(row.pk, NEXT_MONDAY, by=home.actor(), at=at(8))
    later = replace(draft(home), starts_at=time(10), open_places=9)

    services.change_template(row.pk, later, by=home.actor(), at=at(8))

    (today,) = selectors.sessions_on(MONDAY, by=home.actor())
    (next_week,) = selectors.sessions_on(NEXT_MONDAY, by=home.actor())
    assert (today.starts_at, today.open_places) == (at(9), 9)
    assert next_week.starts_at == at(10, day=NEXT_MONDAY)
    facts = Event.objects.get(type="timetable.template_changed").facts
    assert facts["before"]["starts_at"] == "09:00:00"


def test_another_weekday_takes_unused_sessions_away(home: House) -> None:
    row = builders.template(home)
    services.session_for(row.pk, NEXT_MONDAY, by=home.actor(), at=at(8))
    services.change_template(
        row.pk, replace(draft(home), weekday=1), by=home.actor(), at=at(8)
    )
    assert selectors.sessions_on(NEXT_MONDAY, by=home.actor()) == []
    assert len(selectors.sessions_between(MONDAY, NEXT_MONDAY, by=home.actor())) == 1


def test_an_ended_template_takes_place_no_more_and_stays_on_record(home: House) -> None:
    row = builders.template(home)
    for _ in range(2):
        services.end_template(row.pk, by=home.actor(), at=at(8))
    assert selectors.sessions_on(NEXT_MONDAY, by=home.actor()) == []
    assert Event.objects.filter(type="timetable.template_ended").count() == 1


def closure(**changes: object) -> services.ClosureDraft:
    whole = services.ClosureDraft(MONDAY, MONDAY + timedelta(days=1), "Ремонт")
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_a_closure_names_who_and_why_and_can_be_taken_back(home: House) -> None:
    builders.template(home)
    row = services.close(closure(), request_id=uuid4(), by=home.actor(), at=at(8))
    (slot,) = selectors.sessions_on(MONDAY, by=home.actor())
    assert slot.closing is not None
    assert (slot.closing.reason, slot.closing.closed_by) == ("Ремонт", "А. Токтоев")
    assert slot.places_free(closed=False) == 0

    for _ in range(2):
        services.reopen(row.pk, by=home.actor(), at=at(9))
    (slot,) = selectors.sessions_on(MONDAY, by=home.actor())
    assert slot.usable
    assert Event.objects.filter(type="timetable.reopened").count() == 1


def test_a_closure_needs_a_reason_and_its_own_house(home: House) -> None:
    other = builders.house("16")
    with pytest.raises(Invalid):
        services.close(
            closure(reason=" "), request_id=uuid4(), by=home.actor(), at=at(8)
        )
    with pytest.raises(NotFound):
        services.close(
            closure(room_id=other.hall.pk),
            request_id=uuid4(),
            by=home.actor(),
            at=at(8),
        )
    assert not Closure.objects.exists()


def test_the_block_rule_is_applied_for_the_prisoner_asked_about(home: House) -> None:
    row = builders.template(home)
    other = builders.Block.objects.create(institution=home.institution, code="9")
    row.blocks.add(other)
    prisoner = builders.prisoner(home)
    (slot,) = selectors.sessions_on(MONDAY, prisoner_id=prisoner.pk, by=home.actor())
    assert not slot.usable
    row.blocks.add(home.block)
    (slot,) = selectors.sessions_on(MONDAY, prisoner_id=prisoner.pk, by=home.actor())
    assert slot.usable


def test_open_and_closed_places_are_counted_apart(home: House) -> None:
    row = builders.session(home)
    builders.visit(home, session=row)
    builders.visit(home, session=row, closed=True, status="inside")
    builders.visit(home, session=row, status="ended")
    slot = selectors.slot(row.pk, by=home.actor())
    assert (slot.open_free, slot.closed_free, slot.visits) == (2, 0, 3)


def test_a_family_room_is_held_for_all_nights_of_a_long_visit() -> None:
    home = builders.house(seats=0)
    home.hall = builders.room(
        home.institution, "family", seats=1, name_ky="Үй-бүлө бөлмөлөрү"
    )
    three_days = {"kind": "long", "open_places": 1, "closed_places": 0}
    first = builders.session(home, ends_at=at(9) + timedelta(days=3), **three_days)
    seat = home.hall.seats.get()
    builders.visit(home, kind="long", session=first, seat=seat)
    tuesday, thursday = at(9) + timedelta(days=1), at(9) + timedelta(days=3)
    builders.session(home, starts_at=tuesday, ends_at=thursday, **three_days)
    builders.session(
        home, starts_at=thursday, ends_at=thursday + timedelta(days=1), **three_days
    )

    week = selectors.sessions_between(MONDAY, NEXT_MONDAY, by=home.actor())

    assert [s.open_free for s in week] == [0, 0, 1]
    free = selectors.free_seats(
        home.hall.pk, starts_at=tuesday, ends_at=thursday, by=home.actor()
    )
    assert free == []


def test_somebody_who_walks_in_gets_the_slot_now_or_next_with_a_place(
    home: House,
) -> None:
    prisoner = builders.prisoner(home)
    morning = builders.session(home, open_places=1)
    afternoon = builders.session(home, starts_at=at(14), ends_at=at(18))

    def offered(hour: int) -> object:
        slot = selectors.now_or_next(
            "short", prisoner_id=prisoner.pk, at=at(hour), by=home.actor()
        )
        return slot and slot.session_id

    assert offered(10) == morning.pk
    builders.visit(home, session=morning)
    assert offered(10) == afternoon.pk
    assert offered(18) is None


def test_a_session_by_hand_is_made_once_and_cancelled_only_when_unused(
    home: House,
) -> None:
    by_hand = services.SessionDraft("short", home.hall.pk, at(15), at(17), 2, 0)
    key = uuid4()
    for _ in range(2):
        row = services.add_session(by_hand, request_id=key, by=home.actor(), at=at(8))
    booked = builders.visit(home, session=row)
    with pytest.raises(Conflict):
        services.cancel_session(row.pk, by=home.actor(), at=at(8))
    booked.status, booked.sub_status = "cancelled", "by_family"
    booked.save()
    services.cancel_session(row.pk, by=home.actor(), at=at(8))
    assert not selectors.slot(row.pk, by=home.actor()).usable


def test_a_month_costs_no_more_queries_than_a_day(
    home: House, django_assert_max_num_queries: object
) -> None:
    builders.template(home)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        month = selectors.sessions_between(
            MONDAY, MONDAY + timedelta(days=30), by=home.actor()
        )
    assert len(month) == 5
