"""A family books with its code: places, holds, changes, and nothing betrayed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from darbaza.appointments import policies, rounds, selectors, services
from darbaza.appointments.models import (
    Access,
    Appointment,
    Ask,
    Hold,
    Message,
    Waiting,
)
from darbaza.appointments.services import family
from darbaza.appointments.types import Contact, Kind, PlanDraft, Shape, Wish, Words
from darbaza.audit.models import Event
from darbaza.custody.models import Restriction
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import services as parcels
from darbaza.visits.models import Visit
from tests.appointments.entrance import DAY, NOW, TODAY, Entrance, booked, offers
from tests.parcels.builders import shop, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def entrance(db) -> Entrance:
    return Entrance()


def hold(access, number=0, kind=Kind.VISIT, at=NOW):
    return family.hold(
        access, offers(access, kind, at)[number].key, request_id=uuid4(), at=at
    )


def test_the_places_of_a_session_arrive_in_slots_that_the_slowest_stage_can_serve(
    entrance,
):
    access, _code = entrance.family()
    found = offers(access)
    # registration takes 4 minutes: 3 families in 15 minutes at 85%; 4 places need two
    comes = [timezone.localtime(o.arrives_at).strftime("%H:%M") for o in found]
    assert list(zip(comes, [o.places for o in found], strict=True)) == [
        ("11:30", 3), ("11:45", 1)
    ]  # fmt: skip
    assert [timezone.localtime(o.visit_at).strftime("%H:%M") for o in found] == [
        "12:00",
        "12:00",
    ]
    packages = offers(access, Kind.PARCEL)
    assert [o.places for o in packages] == [2, 2, 2, 2]  # inspection: 5 minutes


def test_shapes_spread_the_places_and_none_is_empty():
    assert policies.spread(4, 3, Shape.EVEN) == [4, 4, 4]
    assert policies.spread(4, 3, Shape.EARLY_EXTRA) == [7, 4, 4]
    dome = policies.spread(4, 6, Shape.DOME)
    assert dome == dome[::-1]
    assert max(dome) == dome[0] == 4
    assert 1 <= min(dome) < 4
    one = PlanDraft(TODAY)
    assert policies.slowest(one) == "inspection"


def test_a_family_books_and_the_visit_stands_on_the_day_list(entrance):
    access, _code = entrance.family()
    row = booked(access)
    assert row.visit.status == Visit.Status.BOOKED
    assert row.reference == row.visit.reference
    assert list(family.appointments(access, at=NOW)) == [row]
    assert list(selectors.of_day(DAY, by=entrance.officer)) == [row]
    assert [m.kind for m in Message.objects.order_by("due_at")] == [
        "booked", "reminder"
    ]  # fmt: skip
    assert Event.objects.filter(type="appointment.booked").count() == 1
    assert offers(access)[0].taken == 1


def test_the_same_request_is_done_once(entrance):
    access, _code = entrance.family()
    kept, request = hold(access), uuid4()
    rows = {
        family.book(access, kept.pk, Wish(), request_id=request, at=NOW).pk
        for _again in range(2)
    }
    assert len(rows) == 1
    assert Visit.objects.count() == 1


def test_a_hold_keeps_a_place_for_ten_minutes_and_no_longer(entrance):
    families = [entrance.family(str(n))[0] for n in range(1, 5)]
    first = offers(families[0])[0].key
    holds = [
        family.hold(one, first, request_id=uuid4(), at=NOW) for one in families[:3]
    ]
    with pytest.raises(Conflict, match="slot_full"):
        family.hold(families[3], first, request_id=uuid4(), at=NOW)
    later = NOW + timedelta(minutes=10)
    family.hold(families[3], first, request_id=uuid4(), at=later)
    with pytest.raises(Conflict, match="hold_over"):
        family.book(families[0], holds[0].pk, Wish(), request_id=uuid4(), at=later)


def test_a_family_holds_one_place_at_a_time(entrance):
    access, _code = entrance.family()
    first, _second = hold(access), hold(access, 1)
    with pytest.raises(Conflict, match="hold_over"):
        family.book(access, first.pk, Wish(), request_id=uuid4(), at=NOW)


def test_packages_and_visits_share_the_officers_of_the_registration(entrance):
    entrance.hours(11, 12)
    bringing = entrance.family("9")[0]
    for number in "123":
        booked(entrance.family(number)[0])  # all three at half past eleven
    found = [timezone.localtime(o.arrives_at) for o in entrance.packages(bringing)]
    late = [f"{moment:%H:%M}" for moment in found if moment.hour == 11]
    assert late == ["11:00", "11:15", "11:45"]


def test_nobody_else_can_use_a_hold_or_see_an_appointment(entrance):
    mine, other = entrance.family("1")[0], entrance.family("2")[0]
    kept = hold(mine)
    with pytest.raises(NotFound):
        family.book(other, kept.pk, Wish(), request_id=uuid4(), at=NOW)
    row = family.book(mine, kept.pk, Wish(), request_id=uuid4(), at=NOW)
    with pytest.raises(NotFound):
        family.cancel(other, row.pk, at=NOW)


def test_a_change_moves_the_visit_and_a_cancellation_gives_it_back(entrance):
    access, _code = entrance.family()
    row = booked(access)
    other = hold(access, 1)
    moved = family.move(access, row.pk, other.pk, request_id=uuid4(), at=NOW)
    row.refresh_from_db()
    row.visit.refresh_from_db()
    assert (row.status, row.visit.sub_status) == ("moved", "moved")
    assert (moved.replaces_id, moved.arrives_at) == (row.pk, other.arrives_at)
    for _again in range(2):
        done = family.cancel(access, moved.pk, at=NOW)
    assert (done.status, done.cause) == ("cancelled", "by_family")
    done.visit.refresh_from_db()
    assert done.visit.status == Visit.Status.CANCELLED
    with pytest.raises(Conflict, match="appointment_over"):
        family.move(access, row.pk, hold(access).pk, request_id=uuid4(), at=NOW)
    waiting = Message.objects.filter(kind="reminder", state="waiting")
    assert waiting.count() == 0


def test_whatever_security_has_against_it_the_family_reads_one_sentence(entrance):
    access, _code = entrance.family()
    kept = hold(access)
    Restriction.objects.create(
        institution=entrance.house.institution, person=access.person,
        prisoner=access.prisoner, kind="banned", ground="prohibited_items",
        starts_on=TODAY, ends_on=DAY + timedelta(days=30), reason="x",
        authority="director", order_number="1", recorded_at=NOW, recorded_by="x",
    )  # fmt: skip
    with pytest.raises(Conflict) as told:
        family.book(access, kept.pk, Wish(), request_id=uuid4(), at=NOW)
    assert (told.value.code, told.value.figures) == ("not_here", {})
    assert Appointment.objects.count() == Visit.objects.count() == 0


def test_a_prisoner_who_is_no_longer_here_offers_nothing_and_says_nothing(entrance):
    access, _code = entrance.family()
    access.prisoner.status, access.prisoner.released_on = "released", TODAY
    access.prisoner.save()
    assert offers(access) == []
    assert family.next_possible(access, Kind.VISIT, at=NOW) is None


def test_codes_unknown_revoked_or_over_are_not_told_apart(entrance):
    access, code = entrance.family()
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]}"
    assert family.access(typed, at=NOW) == access
    assert code not in str(vars(access))
    assert family.access("0000 0000 0000", at=NOW) is None
    assert family.access("\x00" * 5000, at=NOW) is None
    assert family.access(code, at=NOW + timedelta(days=366)) is None
    services.revoke_code(access.pk, by=entrance.officer, at=NOW)
    assert family.access(code, at=NOW) is None
    assert family.again(access.pk, at=NOW) is None


def test_a_code_is_given_to_approved_contacts_only(entrance):
    access, _code = entrance.family()
    stranger = entrance.person("Сторонняя")
    with pytest.raises(Conflict, match="code_for_contacts"):
        services.give_code(
            access.prisoner_id, stranger.pk, Contact(), by=entrance.officer, at=NOW
        )


def test_who_waits_is_offered_the_place_that_becomes_free(entrance):
    families = [entrance.family(str(n))[0] for n in range(1, 6)]
    rows = [booked(one) for one in families[:4]]
    assert offers(families[4]) == []
    family.wait(families[4], Kind.VISIT, DAY, DAY, at=NOW)
    family.cancel(families[0], rows[0].pk, at=NOW)
    (mine,) = family.waiting(families[4])
    assert mine.state == "offered"
    assert Message.objects.filter(kind="offer").count() == 1
    row = family.book(families[4], mine.hold_id, Wish(), request_id=uuid4(), at=NOW)
    mine.refresh_from_db()
    assert (row.status, mine.state) == ("booked", "booked")


def test_an_offer_without_an_answer_goes_to_the_next(entrance):
    families = [entrance.family(str(n))[0] for n in range(1, 7)]
    rows = [booked(one) for one in families[:4]]
    for number, one in enumerate(families[4:]):
        family.wait(one, Kind.VISIT, DAY, DAY, at=NOW + timedelta(seconds=number))
    family.cancel(families[0], rows[0].pk, at=NOW)
    assert [w.state for w in Waiting.objects.order_by("put_at")] == [
        "offered", "waiting"
    ]  # fmt: skip
    later = NOW + policies.OFFER_HOLD
    assert services.offer_free(by=entrance.officer, at=later) == 1
    assert [w.state for w in Waiting.objects.order_by("put_at")] == [
        "lapsed", "offered"
    ]  # fmt: skip


def test_the_window_of_notice_belongs_to_the_channel(entrance):
    access, _code = entrance.family()
    day_before = NOW + timedelta(days=2)
    assert offers(access, at=day_before) == []  # two days ahead for families
    key = offers(access)[0].key
    row = services.book_for(
        access.pk, key, Wish(), request_id=uuid4(), by=entrance.officer, at=day_before
    )
    assert row.channel == "staff"


def test_what_is_no_slot_of_ours_is_refused(entrance):
    access, _code = entrance.family()
    for key in ("", "visit", "visit~x~y", "boat~20261126~", "~" * 400, "\x00"):
        with pytest.raises(Invalid, match="slot_unknown"):
            family.hold(access, key, request_id=uuid4(), at=NOW)
    kept = hold(access)
    with pytest.raises(Invalid, match="party_too_large"):
        family.book(access, kept.pk, Wish(9, 9), request_id=uuid4(), at=NOW)


def test_the_question_of_a_stranger_is_kept_and_answered(entrance):
    house = entrance.house.institution
    words = Words("Айгүл" * 90, "0700" * 40, "?" * 900)
    family.ask(words, institution_id=house.pk, at=NOW)
    (row,) = selectors.asks(by=entrance.officer)
    services.answer_ask(row.pk, "Call back", by=entrance.officer, at=NOW)
    assert Ask.objects.get().answered_by == entrance.officer.name


def test_the_call_centre_needs_the_telephone_too(entrance):
    access, _code = entrance.family(phone="+996 700 123456")
    row = booked(access)
    by = entrance.officer
    assert services.look_up(row.reference, "3456", by=by, at=NOW) == row
    assert services.look_up(row.reference, "0000", by=by, at=NOW) is None
    assert services.look_up("AAA-AAAA", "3456", by=by, at=NOW) is None
    assert Event.objects.filter(type="appointment.looked_up").count() == 3


def test_the_server_settles_days_gone_by_and_offers_what_is_free(entrance):
    families = [entrance.family(str(n))[0] for n in range(1, 6)]
    rows = [booked(one) for one in families[:4]]
    family.wait(families[4], Kind.VISIT, DAY, DAY, at=NOW)
    Appointment.objects.filter(pk=rows[0].pk).update(
        status="cancelled", cause="by_family", settled_at=NOW
    )
    Visit.objects.filter(pk=rows[0].visit_id).update(
        status="cancelled", sub_status="by_family"
    )
    with time_machine.travel(NOW, tick=False):
        rounds.once()
    assert Waiting.objects.get().state == "offered"
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        rounds.once()
    assert set(Appointment.objects.values_list("status", flat=True)) == {
        "cancelled", "missed"
    }  # fmt: skip
    assert Waiting.objects.get().state == "lapsed"


@pytest.mark.parametrize("shape", list(Shape))
def test_no_shape_loses_a_place_of_a_session(shape):
    plan = PlanDraft(TODAY, shape=shape)
    for places in range(1, 31):
        slots = policies.before_visit(NOW, places, plan)
        assert sum(number for _at, number in slots) == places


def test_what_families_wrote_and_were_told_is_erased_after_its_term(entrance):
    access, _code = entrance.family(phone="+996 700 123456")
    row = booked(access)
    house = entrance.house.institution
    family.ask(Words("A", "1", "?"), institution_id=house.pk, at=NOW)
    _old, code = entrance.family("2")
    services.revoke_code(_old.pk, by=entrance.officer, at=NOW)
    Message.objects.update(state="sent", settled_at=NOW)
    later = NOW + timedelta(days=policies.KEPT_DAYS + 5)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        rounds.once()
    assert Ask.objects.count() == 1
    with time_machine.travel(later, tick=False):
        rounds.once()
    assert (Ask.objects.count(), Message.objects.count()) == (0, 0)
    assert list(Access.objects.all()) == [access]
    assert Appointment.objects.get().pk == row.pk
    assert family.access(code, at=NOW) is None


def test_two_rooms_at_one_time_have_each_their_own_places(entrance):
    entrance.another_room(places=2)
    entrance.ample()
    for number in range(1, 7):
        booked(entrance.family(str(number))[0])
    assert Visit.objects.count() == 6
    assert offers(entrance.family("9")[0]) == []


def test_days_at_the_end_of_time_are_no_days_of_ours(entrance):
    access, _code = entrance.family()
    far = date(9999, 12, 31)
    assert family.offers(access, Kind.VISIT, far, 60, at=NOW) == []
    with pytest.raises(Conflict, match="slot_full"):
        family.hold(access, "parcel~99991231", request_id=uuid4(), at=NOW)
    family.wait(access, Kind.VISIT, TODAY, far, at=NOW)
    assert services.offer_free(by=entrance.officer, at=NOW) == 1


def test_a_family_that_is_choosing_keeps_what_it_holds(entrance):
    access, _code = entrance.family("1")
    other = booked(entrance.family("2")[0])
    kept = hold(access)
    family.wait(access, Kind.VISIT, DAY, DAY, at=NOW)
    family.cancel(other.access, other.pk, at=NOW)
    family.book(access, kept.pk, Wish(), request_id=uuid4(), at=NOW)


def test_staff_book_nothing_on_a_revoked_code(entrance):
    access, _code = entrance.family()
    key = offers(access)[0].key
    services.revoke_code(access.pk, by=entrance.officer, at=NOW)
    with pytest.raises(NotFound):
        services.book_for(
            access.pk, key, Wish(), request_id=uuid4(), by=entrance.officer, at=NOW
        )


def test_who_came_and_who_did_not_is_settled_after_the_day(entrance):
    first, second = entrance.family("1")[0], entrance.family("2")[0]
    came, missed = booked(first), booked(second)
    services.come(came.pk, by=entrance.officer, at=came.arrives_at)
    after = NOW + timedelta(days=5)
    assert services.miss(DAY + timedelta(days=1), by=entrance.officer, at=after) == 1
    came.refresh_from_db()
    missed.refresh_from_db()
    assert (came.status, missed.status) == ("come", "missed")
    assert Hold.objects.filter(used_at=None).count() == 0


def test_a_package_taken_in_at_a_window_without_a_number_was_no_broken_appointment(
    entrance,
):
    access = entrance.family()[0]
    due = booked(access, Kind.PARCEL)
    tea = shop()["tea"]
    goods = wanted(access.prisoner_id, access.person_id, (tea, 1, 100))
    parcels.register(goods, by=entrance.officer, at=due.arrives_at)

    after = DAY + timedelta(days=1)
    assert services.miss(after, by=entrance.officer, at=NOW + timedelta(days=5)) == 0

    due.refresh_from_db()
    assert due.status == "come"


def test_a_plan_counts_from_its_own_day_also_within_the_days_looked_at(entrance):
    access = entrance.family()[0]
    entrance.hours(14, 15)
    later = DAY + timedelta(days=7)
    slow = PlanDraft(later, inspection_minutes=Decimal(10))
    services.adopt(slow, by=entrance.chief, at=NOW)

    found = family.offers(access, Kind.PARCEL, DAY, 8, at=NOW)

    places = {on: set() for on in (DAY, later)}
    for offer in found:
        places[timezone.localdate(offer.arrives_at)].add(offer.places)
    assert places == {DAY: {2}, later: {1}}


@pytest.mark.parametrize(
    ("day", "count"), [("2026-03-29", 8), ("2026-03-30", 12), ("2026-10-25", 16)]
)
def test_where_clocks_are_changed_every_quarter_of_an_hour_is_a_slot_once(day, count):
    berlin = ZoneInfo("Europe/Berlin")
    begin = datetime.fromisoformat(f"{day}T01:00").replace(tzinfo=berlin)
    end = begin.replace(hour=4)

    found = [at for at, _places in policies.in_window(begin, end, PlanDraft(TODAY))]

    quarter = timedelta(minutes=15)
    assert len(found) == len(set(found)) == count
    assert {b - a for a, b in pairwise(found)} == {quarter}
    assert found[-1] + quarter == end
    visit = policies.before_visit(end, 6, PlanDraft(TODAY))
    assert (end.astimezone(UTC) - visit[-1][0]) == quarter
    assert {b - a for (a, _n), (b, _m) in pairwise(visit)} == {quarter}
