"""A family books with its code: places, holds, changes, and nothing betrayed."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from darbaza.accounts.permissions import Role
from darbaza.appointments import services
from darbaza.appointments.models import Access, Appointment
from darbaza.appointments.services import family
from darbaza.appointments.types import (
    Contact,
    HandInDraft,
    Kind,
    PlanDraft,
    Wish,
)
from darbaza.custody.models import Contact as Tie
from darbaza.visits.models import Template
from tests.visits import builders
from tests.visits.test_registration import NOW

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
IN_THREE_DAYS = TODAY + timedelta(days=3)


@dataclass
class Entrance:
    """A prison with a timetable, a plan, hours for packages, and three families."""

    house: Any = field(default_factory=builders.house)

    def __post_init__(self) -> None:
        self.chief = self.house.actor(Role.SHIFT_SUPERVISOR)
        self.officer = self.house.actor(Role.GATE_OFFICER)
        draft = PlanDraft(
            TODAY, clerks=1, registration_minutes=Decimal(4), inspectors=1, searchers=1
        )
        services.adopt(draft, by=self.chief, at=NOW)
        hours = HandInDraft(
            IN_THREE_DAYS.weekday(), time(9), time(10), valid_from=TODAY
        )
        services.add_hand_in(hours, by=self.chief, at=NOW)
        Template.objects.create(
            institution=self.house.institution, kind="short", room=self.house.room,
            weekday=IN_THREE_DAYS.weekday(), starts_at=time(11), minutes=60,
            open_places=4, valid_from=TODAY, name_ky="Э", name_ru="У", name_en="M",
        )  # fmt: skip

    def family(self, number: str = "1", **contact: str) -> tuple[Access, str]:
        """Give a code to the approved contact of a prisoner of their own."""
        held = builders.person(f"Асанов{number}", "Бакыт", date(1980, 1, 1), "M")
        visitor = builders.person(f"Асанова{number}", "Айгүл", date(1985, 1, 1), "F")
        prisoner = builders.prisoner(self.house, f"27-{number}", person=held)
        Tie.objects.create(
            institution=self.house.institution, prisoner=prisoner, person=visitor,
            kinship="spouse", status="approved", proposed_at=NOW, decided_at=NOW,
            decided_by="test",
        )  # fmt: skip
        given = services.give_code(
            prisoner.pk, visitor.pk, Contact(**contact), by=self.officer, at=NOW
        )
        access = family.access(given.code, at=NOW)
        assert access is not None
        return access, given.code


@pytest.fixture
def entrance(db) -> Entrance:
    return Entrance()


def offers(access: Access, kind: Kind = Kind.VISIT) -> list[Any]:
    return family.offers(access, kind, IN_THREE_DAYS, 1, at=NOW)


def booked(access: Access, kind: Kind = Kind.VISIT, at: datetime = NOW) -> Appointment:
    kept = family.hold(access, offers(access, kind)[0].key, request_id=uuid4(), at=at)
    return family.book(access, kept.pk, Wish(1, 2), request_id=uuid4(), at=at)
