"""What is booked is decided again; officers decide; families never hear why."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import translation

from darbaza.appointments import services, standing, wording
from darbaza.appointments.models import Appointment, Message, Review
from darbaza.appointments.services import family
from darbaza.appointments.types import Kind
from darbaza.custody.models import Restriction
from darbaza.kernel.decisions import block
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.pages import grounds
from darbaza.visits import services as visits
from darbaza.visits.models import Closure, Session, Visit
from tests import cast
from tests.appointments.families import DAY, NOW, Entrance
from tests.visits import builders

LATER = NOW + timedelta(hours=1)
WHY = "Проверено"


def walk(place: Entrance, at: Any = LATER) -> int:
    """Decide everything again; return how many new second looks."""
    row = services.begin(by=place.chief, at=at)
    while services.step(row.pk, by=place.chief, at=at):
        pass
    row.refresh_from_db()
    return row.found


def ban(place: Entrance, row: Any, kind: str = "banned", **changes: Any) -> Restriction:
    values = {
        "institution": place.home.institution, "prisoner": row.prisoner, "kind": kind,
        "ground": "safety", "starts_on": builders.MONDAY, "reason": "x",
        "authority": "y", "order_number": "1", "recorded_at": NOW, "recorded_by": "z",
    }  # fmt: skip
    return Restriction.objects.create(**values | changes)


def close(place: Entrance) -> Closure:
    return Closure.objects.create(
        institution=place.home.institution, starts_on=DAY,
        ends_on=DAY + timedelta(days=1), reason="карантин", closed_by="x",
        closed_at=NOW,
    )  # fmt: skip


def codes(row: Review) -> dict[str, bool]:
    """Whether each ground still stands."""
    row.refresh_from_db()
    return {one["code"]: not one["gone_at"] for one in row.grounds}


def test_nothing_stands_against_what_was_just_booked(place: Entrance) -> None:
    place.booked()
    place.booked(Kind.PARCEL)
    assert walk(place) == 0
    assert not Review.objects.exists()


def test_one_hit_is_one_second_look_however_often_it_is_walked(place: Entrance) -> None:
    row = place.booked()
    ban(place, row)
    assert (walk(place), walk(place)) == (1, 0)
    look = Review.objects.get()
    assert (look.appointment_id, look.visit_id) == (row.pk, row.visit_id)


def test_further_grounds_are_added_and_those_that_passed_are_marked(
    place: Entrance,
) -> None:
    row = place.booked()
    order = ban(place, row)
    walk(place)
    look = Review.objects.get()
    (banned,) = codes(look)
    shut = close(place)
    walk(place)
    assert codes(look) == {banned: True, "session_closed": True}
    shut.reopened_at = NOW
    shut.save()
    walk(place)
    assert codes(look) == {banned: True, "session_closed": False}
    order.delete()
    walk(place)
    assert codes(look) == {banned: False, "session_closed": False}
    assert look.decision == "gone"


def test_packages_are_decided_again_too(place: Entrance) -> None:
    row = place.booked(Kind.PARCEL)
    services.end_hand_in(place.hours.pk, on=builders.MONDAY, by=place.chief, at=NOW)
    walk(place)
    look = Review.objects.get()
    assert codes(look) == {"hand_in_ended": True}
    close(place)
    row.prisoner.status, row.prisoner.released_on = "released", builders.MONDAY
    row.prisoner.save()
    walk(place)
    assert codes(look) == dict.fromkeys(
        ["hand_in_ended", "hand_in_closed", "parcel_released"], True
    )


def test_a_visit_booked_by_staff_is_looked_at_as_well(place: Entrance) -> None:
    visit = place.visit()
    ban(place, visit)
    walk(place)
    look = Review.objects.get()
    assert (look.visit_id, look.appointment_id) == (visit.pk, None)
    services.cancel_reviewed(look.pk, reason=WHY, by=place.officer, at=LATER)
    assert Visit.objects.get(pk=visit.pk).status == "cancelled"
    assert walk(place) == 0


def test_kept_it_comes_back_only_with_a_further_ground(place: Entrance) -> None:
    row = place.booked()
    ban(place, row)
    walk(place)
    look = Review.objects.get()
    with pytest.raises(Invalid):
        services.keep_reviewed(look.pk, reason=" ", by=place.officer, at=LATER)
    services.keep_reviewed(look.pk, reason=WHY, by=place.officer, at=LATER)
    services.keep_reviewed(look.pk, reason=WHY, by=place.officer, at=LATER)
    assert walk(place) == 0
    with pytest.raises(Conflict, match="review_over"):
        services.cancel_reviewed(look.pk, reason=WHY, by=place.officer, at=LATER)
    ban(place, row, "closed_visits_only")
    close(place)
    walk(place)
    assert Review.objects.filter(decision="").count() <= 1


def test_cancelled_the_family_is_asked_to_call(place: Entrance) -> None:
    row = place.booked()
    ban(place, row)
    walk(place)
    look = Review.objects.get()
    services.cancel_reviewed(look.pk, reason="Запрет", by=place.officer, at=LATER)
    row.refresh_from_db()
    assert (row.status, row.cause) == ("cancelled", "by_institution")
    message = Message.objects.get(kind="call_us")
    assert message.text == (
        "Institution No. 27: your visit on 26.11 cannot take place. "
        f"Please call 0312 00 00 00. Number {row.reference}."
    )
    assert not Message.objects.filter(kind="reminder", state="waiting").exists()


def test_moved_the_family_hears_the_new_time(place: Entrance) -> None:
    row = place.booked(Kind.PARCEL)
    close(place)
    walk(place)
    offer = family.offers(row.access, Kind.PARCEL, DAY + timedelta(days=7), 1, at=LATER)
    (look,) = Review.objects.all()
    ask = {"reason": WHY, "request_id": uuid4(), "by": place.officer, "at": LATER}
    services.move_reviewed(look.pk, offer[0].key, **ask)
    services.move_reviewed(look.pk, offer[0].key, **ask)
    row.refresh_from_db()
    assert row.status == "moved"
    assert "new time for your package: 03.12" in Message.objects.get(kind="moved").text


def test_a_visit_cancelled_on_its_own_page_frees_its_appointment(
    place: Entrance,
) -> None:
    row = place.booked()
    visits.cancel(
        row.visit_id, "by_institution", reason=WHY, by=place.officer, at=LATER
    )
    assert services.follow(by=place.chief, at=LATER) == 1
    assert Appointment.objects.get(pk=row.pk).status == "cancelled"
    assert Message.objects.filter(kind="call_us").exists()
    assert services.follow(by=place.chief, at=LATER) == 0


def another_session(place: Entrance, hour: int) -> Session:
    """Open a session on Friday, for which nothing is planned."""
    friday = DAY + timedelta(days=1)
    times = {"starts_at": builders.at(hour, day=friday)}
    return builders.session(place.home, **times, ends_at=builders.at(17, day=friday))


def moved_by_staff(place: Entrance, visit_id: Any, hour: int) -> Visit:
    to = visits.MoveTo(uuid4(), another_session(place, hour).pk)
    done = visits.move(visit_id, to, reason=WHY, by=place.officer, at=LATER)
    assert done.registered is not None
    return Visit.objects.get(pk=done.registered.visit_id)


def test_a_visit_moved_on_its_own_page_takes_its_appointment_along(
    place: Entrance,
) -> None:
    row = place.booked()
    once = moved_by_staff(place, row.visit_id, 14)
    visit = moved_by_staff(place, once.pk, 15)

    assert services.follow(by=place.chief, at=LATER) == 1

    row.refresh_from_db()
    new = Appointment.objects.get(replaces=row)
    assert (row.status, new.status, new.visit) == ("moved", "booked", visit)
    assert (new.reference, new.visit_at) == (visit.reference, visit.starts_at)
    assert visit.starts_at - new.arrives_at == timedelta(minutes=15)
    told = Message.objects.get(kind="moved")
    assert f"27.11 at 14:45. Number {new.reference}" in told.text
    assert services.follow(by=place.chief, at=LATER) == 0


def test_a_visit_moved_and_then_cancelled_leaves_no_appointment(
    place: Entrance,
) -> None:
    row = place.booked()
    visit = moved_by_staff(place, row.visit_id, 14)
    visits.cancel(visit.pk, "by_institution", reason=WHY, by=place.officer, at=LATER)
    services.follow(by=place.chief, at=LATER)
    assert Appointment.objects.get().status == "cancelled"
    assert not Message.objects.filter(kind="moved").exists()


def test_who_is_registered_at_once_after_a_move_has_come(place: Entrance) -> None:
    row = place.booked()
    moved = moved_by_staff(place, row.visit_id, 14)
    Visit.objects.filter(pk=moved.pk).update(status="registered")
    services.follow(by=place.chief, at=LATER)
    row.refresh_from_db()
    assert row.status == "come"
    assert not Message.objects.filter(kind="call_us").exists()


def test_a_change_begins_a_walk_and_a_running_one_goes_on(place: Entrance) -> None:
    first = services.begin_if_due(by=place.chief, at=NOW)
    assert first is not None
    assert services.begin_if_due(by=place.chief, at=LATER) == first
    while services.step(first.pk, by=place.chief, at=LATER):
        pass
    minute = timedelta(minutes=1)
    assert services.begin_if_due(by=place.chief, at=LATER) is None
    visits.close(
        visits.ClosureDraft(DAY, DAY + timedelta(days=1), reason="x"),
        request_id=uuid4(), by=place.chief, at=LATER + minute,
    )  # fmt: skip
    second = services.begin_if_due(by=place.chief, at=LATER + 2 * minute)
    assert second is not None
    assert second != first
    while services.step(second.pk, by=place.chief, at=LATER + 2 * minute):
        pass
    assert services.begin_if_due(by=place.chief, at=LATER + timedelta(hours=7))


def test_another_prison_decides_nothing_here(place: Entrance) -> None:
    ban(place, place.booked())
    row = services.begin(by=place.chief, at=LATER)
    with pytest.raises(NotFound):
        services.step(row.pk, by=cast.OUTSIDER, at=LATER)
    walk(place)
    with pytest.raises(NotFound):
        services.keep_reviewed(
            Review.objects.get().pk, reason=WHY, by=cast.OUTSIDER, at=LATER
        )


SECRETS = re.compile(
    r"ban|restrict|secur|isolat|quarant|transfer|releas|search|order|court|dang|list of"
    r"|тыюу|чектө|коопсуз|обочо|карантин|которул|бошот|тинтүү|буйрук|сот|себеп"
    r"|запре|огранич|безопас|изол|карант|перев|освобо|обыск|приказ|суд|причин",
    re.IGNORECASE,
)


def test_no_message_betrays_why(place: Entrance) -> None:
    """Whatever the ground, the text is the same one: nothing of it tells."""
    row = place.booked(language="ru")
    facts = wording.Facts(
        "visit", place.home.institution.name_ru, "27", "0312 00 00 00",
        row.arrives_at, row.reference,
    )  # fmt: skip
    harmless = wording.text("call_us", facts, "ru")
    assert len(grounds.known()) > 100
    for code, words in grounds.known().items():
        with transaction.atomic():
            look = Review.objects.create(
                institution=place.home.institution, visit_id=row.visit_id,
                appointment=row, grounds=standing.merged((), [block(code)], at=NOW),
                found_at=NOW,
            )  # fmt: skip
            why = f"{code}: {words.officer}"
            services.cancel_reviewed(look.pk, reason=why, by=place.officer, at=LATER)
            assert Message.objects.get(kind="call_us").text == harmless
            transaction.set_rollback(True)


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("what", ["visit", "parcel"])
@pytest.mark.parametrize("kind", [k for k in Message.Kind.values if k != "test"])
def test_texts_are_short_and_harmless(kind: str, what: str, language: str) -> None:
    facts = wording.Facts(
        what, "Institution No. 27 of Ak-Bulak oblast", "27", "+996 312 00 00 00",
        builders.at(11, day=DAY), "K7M-Q2XYZ", builders.at(22, day=DAY),
    )  # fmt: skip
    text = wording.text(kind, facts, language)
    assert not SECRETS.search(text)
    assert "26.11" in text
    size = wording.length(text)
    assert size.parts == 1 if language == "en" else size.parts <= wording.PARTS_AT_MOST


def test_families_hear_the_same_words_for_every_ground() -> None:
    """The one code for all refusals is told in words without any reason."""
    for language in wording.LANGUAGES:
        with translation.override(language):
            assert not SECRETS.search(str(grounds.known()["not_here"].family))
