"""An entrance with a plan, hours for packages, a session and families with codes."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from darbaza.accounts.permissions import Role
from darbaza.appointments import services
from darbaza.appointments.models import Access, Appointment
from darbaza.appointments.services import family
from darbaza.appointments.types import (
    Contact,
    HandInDraft,
    Kind,
    Offer,
    PlanDraft,
    Wish,
)
from darbaza.custody.models import Contact as Tie
from darbaza.persons.models import Person
from tests.visits import builders
from tests.visits.test_registration import NOW

TODAY = timezone.localdate(NOW)
DAY = TODAY + timedelta(days=3)
"""The day of the session: a visit at noon for four families."""


class Entrance:
    """One prison; ``family()`` gives a code to another family each time."""

    def __init__(self) -> None:
        self.house = builders.house()
        self.chief = self.house.actor(Role.SHIFT_SUPERVISOR)
        self.officer = self.house.actor(Role.GATE_OFFICER)
        services.adopt(
            PlanDraft(TODAY, registration_minutes=Decimal(4)), by=self.chief, at=NOW
        )
        self.hours(9, 10)
        builders.template(
            self.house, weekday=DAY.weekday(), starts_at=time(12), minutes=60,
            open_places=4, closed_places=0,
        )  # fmt: skip

    def hours(self, first: int, last: int) -> None:
        """Let packages be taken on the day."""
        draft = HandInDraft(DAY.weekday(), time(first), time(last), valid_from=TODAY)
        services.add_hand_in(draft, by=self.chief, at=NOW)

    def another_room(self, places: int) -> None:
        """Let a second room have a session at the same time."""
        room = builders.room(
            self.house.institution, name_ky="2", name_ru="2", name_en="2"
        )
        builders.template(
            self.house, room=room, weekday=DAY.weekday(), starts_at=time(12),
            minutes=60, open_places=places, closed_places=0,
        )  # fmt: skip

    def ample(self) -> None:
        """Adopt a plan with officers enough for everybody."""
        plan = PlanDraft(TODAY, clerks=9, inspectors=9, searchers=9)
        services.adopt(plan, by=self.chief, at=NOW)

    def person(self, surname: str) -> Person:
        """Register somebody."""
        return builders.person(self.house, surname)

    def family(self, number: str = "1", **contact: str) -> tuple[Access, str]:
        """Give a code to the approved contact of a prisoner of their own."""
        prisoner = builders.prisoner(
            self.house, f"27-{number}", person=self.person(f"Асанов{number}")
        )
        visitor = self.person(f"Асанова{number}")
        Tie.objects.create(
            institution=self.house.institution, prisoner=prisoner, person=visitor,
            kinship="spouse", status="approved", proposed_at=NOW, decided_at=NOW,
            decided_by="test",
        )  # fmt: skip
        given = services.give_code(
            prisoner.pk,
            visitor.pk,
            Contact(**{"phone": "+996 555 00 00 00", **contact}),
            by=self.officer,
            at=NOW,
        )
        access = family.access(given.code, at=NOW)
        assert access is not None
        return access, given.code

    def packages(self, access: Access) -> list[Offer]:
        """Return the free times for packages on the day."""
        return offers(access, Kind.PARCEL)


def offers(access: Access, kind: Kind = Kind.VISIT, at: datetime = NOW) -> list[Offer]:
    """Return what the family may choose on the day."""
    return family.offers(access, kind, DAY, 1, at=at)


def booked(access: Access, kind: Kind = Kind.VISIT, at: datetime = NOW) -> Appointment:
    """Book the first free time of the day."""
    kept = family.hold(access, offers(access, kind)[0].key, request_id=uuid4(), at=at)
    return family.book(access, kept.pk, Wish(1, 2), request_id=uuid4(), at=at)


def text(answer: Any) -> str:
    """Return what a page says."""
    said: str = answer.content.decode()
    return said
