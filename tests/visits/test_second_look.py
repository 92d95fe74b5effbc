"""Booking, moving, later entry, and the second look at what is booked."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.custody.models import Contact, Restriction
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.persons.models import Document, Person
from darbaza.visits import selectors, services
from darbaza.visits.models import Refusal, Visit
from darbaza.visits.policies import changes as policy
from darbaza.visits.types import Party, Registration
from tests.visits import builders
from tests.visits.builders import MONDAY, House, at

WHY = "Попросила семья"
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def home(db: None) -> House:
    return builders.house()


def guest(home: House, prisoner: Any, surname: str = "Асанов") -> Party:
    """An approved contact with a passport."""
    person: Person = builders.person(home, surname)
    Contact.objects.create(
        institution=home.institution,
        prisoner=prisoner,
        person=person,
        kinship="sibling",
        status="approved",
        proposed_at=at(7),
        decided_at=at(7),
        decided_by="x",
    )
    paper = Document.objects.create(
        institution=home.institution,
        person=person,
        kind="passport",
        number=f"ID{uuid4().hex[:7].upper()}",
        expires_on=date(2030, 1, 1),
        source="typed",
        seen_at=at(7),
    )
    return Party(person.pk, document_id=paper.pk)


def booked(home: House, **changes: Any) -> Visit:
    """A visit booked through the service, for Tuesday."""
    prisoner = changes.pop("prisoner", None) or builders.prisoner(home)
    values = {
        "request_id": uuid4(),
        "prisoner_id": prisoner.pk,
        "kind": "short",
        "parties": (guest(home, prisoner),),
        "session_id": session(home, TUESDAY).pk,
        "starts_at": at(9, day=TUESDAY),
    }
    wanted = Registration(**values | changes)
    done = services.book(wanted, by=home.actor(), at=at(8))
    assert done.status == "booked", done.verdict
    return Visit.objects.get(pk=done.visit_id)


def session(home: House, day: date, **changes: Any) -> Any:
    return builders.session(
        home, starts_at=at(9, day=day), ends_at=at(13, day=day), **changes
    )


@pytest.mark.parametrize(
    ("channel", "days", "expected"),
    [
        ("gate", 0, True),
        ("gate", 1, False),
        ("staff", 0, True),
        ("staff", 60, True),
        ("staff", 61, False),
        ("staff", -1, False),
        ("family", 1, False),
        ("family", 2, True),
        ("family", 28, True),
        ("family", 29, False),
    ],
)
def test_each_channel_has_its_window_of_notice(
    channel: str, days: int, expected: bool
) -> None:
    day = MONDAY + timedelta(days=days)
    assert policy.in_notice(day, MONDAY, channel, windows={}) is expected
    assert policy.in_notice(day, MONDAY, channel, windows={channel: [days, days]})


def test_a_booking_holds_its_place_and_is_made_once(home: House) -> None:
    prisoner = builders.prisoner(home)
    row = session(home, TUESDAY, open_places=1)
    wanted = Registration(
        uuid4(), prisoner.pk, "short", (guest(home, prisoner),), row.pk,
        starts_at=row.starts_at,
    )  # fmt: skip
    first = services.book(wanted, by=home.actor(), at=at(8))
    again = services.book(wanted, by=home.actor(), at=at(8))
    assert (first.visit_id, first.status) == (again.visit_id, "booked")
    assert Visit.objects.get().source == "booked"
    assert selectors.slot(row.pk, by=home.actor()).open_free == 0


def test_a_booking_too_far_ahead_is_refused(home: House) -> None:
    with pytest.raises(Conflict):
        booked(home, starts_at=at(9, day=MONDAY + timedelta(days=61)))
    assert not Visit.objects.exists()


def test_a_visit_is_moved_once_with_all_it_has(home: House) -> None:
    visit = booked(home)
    other = session(home, MONDAY + timedelta(days=2))
    to = services.MoveTo(uuid4(), other.pk)

    first = services.move(visit.pk, to, reason=WHY, by=home.actor(), at=at(9))
    again = services.move(visit.pk, to, reason=WHY, by=home.actor(), at=at(9))

    assert first.registered
    assert again.registered
    assert first.registered.visit_id == again.registered.visit_id
    visit.refresh_from_db()
    assert (visit.status, visit.sub_status) == ("cancelled", "moved")
    new = Visit.objects.get(pk=first.registered.visit_id)
    assert (new.session, new.status) == (other, "booked")
    assert new.visitors.get().person_id == visit.visitors.get().person_id
    assert Event.objects.get(type="visit.moved").facts["to"] == str(new.pk)


def test_a_refused_move_leaves_everything_as_it_was(home: House) -> None:
    visit = booked(home)
    full = session(home, MONDAY + timedelta(days=2), open_places=0, closed_places=1)
    before = Event.objects.count()

    moved = services.move(
        visit.pk,
        services.MoveTo(uuid4(), full.pk),
        reason=WHY,
        by=home.actor(),
        at=at(9),
    )

    assert moved.registered is None
    assert "session_full" in moved.verdict.visit.codes
    visit.refresh_from_db()
    assert visit.status == "booked"
    assert (Visit.objects.count(), Refusal.objects.count()) == (1, 0)
    assert Event.objects.count() == before


def test_moves_that_cannot_be(home: House) -> None:
    visit = booked(home)
    to = services.MoveTo(uuid4(), session(home, MONDAY + timedelta(days=3)).pk)
    with pytest.raises(Invalid):
        services.move(visit.pk, to, reason=" ", by=home.actor(), at=at(9))
    with pytest.raises(NotFound):
        services.move(
            visit.pk, to, reason=WHY, by=builders.house("16").actor(), at=at(9)
        )
    services.cancel(visit.pk, "by_family", reason=WHY, by=home.actor(), at=at(9))
    with pytest.raises(Conflict):
        services.move(visit.pk, to, reason=WHY, by=home.actor(), at=at(9))


def found(home: House) -> list[services.Affected]:
    return services.affected(
        MONDAY, MONDAY + timedelta(days=28), by=home.actor(), at=at(10)
    )


def test_nothing_stands_against_a_good_booking(home: House) -> None:
    booked(home)
    assert found(home) == []


def test_a_later_ban_shows_and_may_be_kept_with_a_reason(home: House) -> None:
    visit = booked(home)
    Restriction.objects.create(
        institution=home.institution,
        person_id=visit.visitors.get().person_id,
        prisoner=visit.prisoner,
        kind="banned",
        starts_on=MONDAY,
        reason="x",
        authority="Директор",
        ground="court",
        order_number="12",
        recorded_at=at(9),
        recorded_by="x",
    )
    (one,) = found(home)
    assert [g.code for g in one.against] == ["banned_pair"]
    assert not one.kept_by

    services.keep(visit.pk, reason="Похороны", by=home.actor(), at=at(10))
    (one,) = found(home)
    assert (one.kept_by, one.kept_reason) == (builders.NAME, "Похороны")

    visit.prisoner.status, visit.prisoner.released_on = "released", MONDAY
    visit.prisoner.save()
    (one,) = found(home)
    assert not one.kept_by, "a further ground asks for a new look"


def test_a_later_closure_shows(home: House) -> None:
    visit = booked(home)
    services.close(
        services.ClosureDraft(TUESDAY, TUESDAY + timedelta(days=1), "Ремонт"),
        request_id=uuid4(),
        by=home.actor(),
        at=at(9),
    )
    (one,) = found(home)
    assert (one.visit, [g.code for g in one.against]) == (visit, ["session_closed"])


def test_keep_needs_a_reason_and_its_own_house(home: House) -> None:
    visit = booked(home)
    with pytest.raises(Invalid):
        services.keep(visit.pk, reason="", by=home.actor(), at=at(10))
    with pytest.raises(NotFound):
        services.keep(visit.pk, reason=WHY, by=builders.house("16").actor(), at=at(10))


def paper(home: House, **changes: Any) -> services.PaperVisit:
    prisoner = builders.prisoner(home, uuid4().hex[:10])
    wanted = Registration(
        uuid4(), prisoner.pk, "short", (guest(home, prisoner, uuid4().hex[:6]),),
        session_id=changes.pop("session_id", None) or builders.session(home).pk,
    )  # fmt: skip
    return services.PaperVisit(wanted, at(9), at(11))


def test_a_line_of_the_paper_book_is_entered_once_with_its_true_times(
    home: House,
) -> None:
    line = paper(home)
    first = services.enter_later(line, by=home.actor(), at=at(15))
    again = services.enter_later(line, by=home.actor(), at=at(16))
    assert first.conflicts == ()
    assert first.registered.visit_id == again.registered.visit_id
    visit = Visit.objects.get()
    assert (visit.source, visit.status, visit.outcome) == (
        "paper", "ended", "completed",
    )  # fmt: skip
    assert (visit.registered_at, visit.entered_at) == (at(9), at(15))
    row = visit.visitors.get()
    assert (row.status, row.came_in_at, row.left_at) == ("left", at(9), at(11))
    event = Event.objects.get(type="visit.entered_later")
    assert (event.at, event.facts["conflicts"]) == (at(15), [])


def test_a_conflict_is_shown_not_refused_until_somebody_looks(home: House) -> None:
    full = builders.session(home, open_places=1)
    builders.visit(home, session=full)
    line = paper(home, session_id=full.pk)
    done = services.enter_later(line, by=home.actor(), at=at(15))
    assert [g.code for g in done.conflicts] == ["session_full"]
    (visit,) = selectors.conflicts(by=home.actor())
    assert (visit.pk, visit.status) == (done.registered.visit_id, "ended")
    assert not Refusal.objects.exists()

    with pytest.raises(Invalid):
        services.resolve(visit.pk, reason=" ", by=home.actor(), at=at(16))
    for _ in range(2):
        services.resolve(visit.pk, reason="Стол 9", by=home.actor(), at=at(16))
    assert not selectors.conflicts(by=home.actor())
    assert Event.objects.filter(type="visit.kept").count() == 1


def test_somebody_inside_elsewhere_is_not_entered_inside_twice(home: House) -> None:
    line = replace(paper(home), left_at=None)
    person_id = line.registration.parties[0].person_id
    builders.visit(home, status="inside", visitor=Person.objects.get(pk=person_id))
    done = services.enter_later(line, by=home.actor(), at=at(15))
    assert "already_inside" in {g.code for g in done.conflicts}
    row = Visit.objects.get(pk=done.registered.visit_id).visitors.get()
    assert (row.status, row.effect) == ("allowed", "block")


def test_times_that_cannot_be_are_refused(home: House) -> None:
    line = paper(home)
    with pytest.raises(Invalid):
        services.enter_later(line, by=home.actor(), at=at(10))
    with pytest.raises(Invalid):
        services.enter_later(replace(line, left_at=at(9)), by=home.actor(), at=at(15))
    with pytest.raises(Forbidden):
        services.enter_later(line, by=home.actor(Role.GATE_OFFICER), at=at(15))
    with pytest.raises(NotFound):
        services.enter_later(line, by=builders.house("16").actor(), at=at(15))
    assert not Visit.objects.exists()
