"""The one combined statement gives what the ORM gives, branch by branch."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Sum

from darbaza.accounts.permissions import Role
from darbaza.audit import services as audit
from darbaza.custody.models import Contact, KeepApart, Permit, Restriction, Separation
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements.models import Entry
from darbaza.sites.models import Seat
from darbaza.visits import services
from darbaza.visits.models import Visit, Visitor
from darbaza.visits.selectors import facts
from darbaza.visits.types import Registration
from tests.visits import builders
from tests.visits.test_registration import NOW, Scene

pytestmark = pytest.mark.django_db
HELD = ["booked", "registered", "inside"]


@pytest.fixture
def scene(db) -> Scene:
    """A prisoner and a visitor with something in every table that the gate reads."""
    scene = Scene()
    here = {"institution": scene.house.institution}
    pair = here | {"prisoner": scene.prisoner, "person": scene.person}
    days = {"starts_on": builders.MONDAY, "ends_on": builders.MONDAY + timedelta(30)}
    scene.quota(6)
    scene.restriction(person=scene.person, kind="supervised")
    scene.restriction(prisoner=scene.prisoner, kind="closed", order_number="13")
    recorded = {"recorded_at": NOW, "recorded_by": "x"}
    Permit.objects.create(
        authority="court", number="7", visits=3, **pair, **days, **recorded
    )
    Separation.objects.create(
        prisoner=scene.prisoner, kind="hospital", order_number="1", **here, **days
    )
    other = builders.prisoner(scene.house, "27-0002")
    first, second = sorted([scene.prisoner, other], key=lambda p: p.pk)
    KeepApart.objects.create(
        first=first, second=second, level="day", **here, **recorded
    )
    builders.visit(scene.house, session=scene.session, prisoner=other, closed=True,
                   seat=Seat.objects.get(label="1"))  # fmt: skip
    for days_ago, status in ((40, "ended"), (400, "ended"), (0, "inside")):
        past = builders.session(
            scene.house,
            starts_at=builders.at(9) - timedelta(days_ago),
            ends_at=builders.at(13) - timedelta(days_ago),
        )
        row = builders.visit(scene.house, visitor=scene.person, session=past,
                             prisoner=scene.prisoner, status=status)  # fmt: skip
        if status == "ended":
            Visitor.objects.filter(visit=row).update(status="left", came_in_at=NOW)
    return scene


def known(scene: Scene, registration: Registration) -> facts.Known:
    return facts.known(registration, by=scene.officer, at=NOW)


def test_visitor_facts_are_those_of_the_orm(scene):
    party = scene.party()
    found = known(scene, party).visitors[scene.person.pk]

    own = Visitor.objects.filter(person=scene.person)
    tie = Contact.objects.get(prisoner=scene.prisoner, person=scene.person)
    permit = Permit.objects.get(person=scene.person)
    used = own.exclude(status="refused").filter(
        visit__prisoner=scene.prisoner,
        visit__starts_at__date__gte=permit.starts_on,
        visit__status__in=[*HELD, "ended"],
    )
    assert (
        found.earlier_visits == own.filter(status__in=["left", "inside"]).count() == 3
    )
    assert found.inside is own.filter(status="inside").exists() is True
    assert found.birth_on == scene.person.birth_on
    assert found.document_kind == scene.document.kind
    assert found.document_expires_on == scene.document.expires_on
    assert (found.contact_status, found.kinship) == (tie.status, tie.kinship)
    assert found.permit_left == permit.visits - used.count() == 2
    orders = Restriction.objects.filter(person=scene.person)
    assert [r.order for r in found.restrictions] == [r.order_number for r in orders]


def test_visit_facts_are_those_of_the_orm(scene):
    found = known(scene, scene.party()).visit

    held = Visit.objects.filter(session=scene.session, status__in=HELD)
    free = Seat.objects.exclude(pk__in=held.values("seat")).order_by("label")
    slot = found.slot
    assert (slot.open_taken, slot.closed_taken) == (
        held.filter(closed=False).count(), held.filter(closed=True).count(),
    )  # fmt: skip
    assert (slot.open_places, slot.closed_places) == (
        scene.session.open_places, scene.session.closed_places,
    )  # fmt: skip
    assert (slot.seat_id, slot.seat_label) == (free.first().pk, "2")
    assert (slot.starts_at, slot.ends_at) == (
        scene.session.starts_at, scene.session.ends_at,
    )  # fmt: skip
    separation = Separation.objects.get()
    assert found.separations == ((separation.kind, separation.ends_on),)
    assert [r.order for r in found.restrictions] == ["13"]
    assert found.keep_apart == {"session", "day"}
    assert (found.held, found.here, found.legal_status) == (True, True, "sentenced")


def test_allowance_and_audit_chain_are_those_of_the_orm(scene):
    Visitor.objects.filter(status="inside").update(status="left", left_at=NOW)
    for hindrance in (Separation, KeepApart, Restriction):
        hindrance.objects.all().delete()
    assert scene.register(scene.party()).status == "registered"
    supervisor = scene.house.actor(Role.SHIFT_SUPERVISOR)
    entitled = entitlements.balance(
        scene.prisoner.pk, "short", builders.MONDAY, by=supervisor
    )

    found = known(scene, scene.party())

    written = Entry.objects.aggregate(n=Sum("amount"))["n"]
    assert found.visit.allowance.left == entitled.left == written == 5
    assert (found.visit.allowance.due, found.visit.allowance.granted) == (0, True)
    assert found.newest == audit.head(scene.house.institution.pk)
    assert found.newest.seq == 1


def test_a_request_done_before_is_found_again(scene):
    party = replace(scene.party(), request_id=uuid4())
    done = services.register(party, by=scene.officer, at=NOW)

    assert known(scene, party).again == done.visit_id
