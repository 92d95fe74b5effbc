"""A prison with a timetable and hours for packages, and families with codes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from darbaza.accounts.permissions import Role
from darbaza.appointments import services
from darbaza.appointments.models import Access, Appointment
from darbaza.appointments.services import family
from darbaza.appointments.types import Contact, HandInDraft, Kind, Wish
from darbaza.custody.models import Contact as Tie
from darbaza.persons.models import Document
from darbaza.visits.models import Visit
from tests.visits import builders

NOW = builders.at(10)
DAY = builders.MONDAY + timedelta(days=3)
PHONE = "+996 555 00 00 01"


@dataclass
class Entrance:
    """One prison, whose families book for Thursday."""

    home: builders.House

    def __post_init__(self) -> None:
        self.chief = self.home.actor()
        self.officer = self.home.actor(Role.GATE_OFFICER)
        self.home.institution.phone = "0312 00 00 00"
        self.home.institution.save()
        hours = HandInDraft(DAY.weekday(), time(9), time(12), builders.MONDAY)
        self.hours = services.add_hand_in(hours, by=self.chief, at=NOW)
        builders.template(
            self.home, weekday=DAY.weekday(), starts_at=time(11), minutes=60
        )

    def family(self, surname: str = "Асанова", **contact: str) -> Access:
        """Give a code to the approved contact of a prisoner of their own."""
        prisoner = builders.prisoner(self.home, uuid4().hex[:12])
        person = builders.person(self.home, surname)
        Tie.objects.create(
            institution=self.home.institution, prisoner=prisoner, person=person,
            kinship="spouse", status="approved", proposed_at=builders.at(7),
            decided_at=builders.at(7), decided_by="x",
        )  # fmt: skip
        Document.objects.create(
            institution=self.home.institution, person=person, kind="passport",
            number=f"ID{uuid4().hex[:7].upper()}", expires_on=date(2030, 1, 1),
            source="typed", seen_at=builders.at(7),
        )  # fmt: skip
        told = Contact(**{"phone": PHONE, "language": "en", **contact})
        given = services.give_code(
            prisoner.pk, person.pk, told, by=self.officer, at=NOW
        )
        access = family.access(given.code, at=NOW)
        assert access is not None
        return access

    def booked(
        self, kind: Kind = Kind.VISIT, *, at: datetime = NOW, **who: Any
    ) -> Appointment:
        """Book the first free time of Thursday for a new family."""
        access = who.pop("access", None) or self.family(**who)
        found = family.offers(access, kind, DAY, 1, at=at)
        kept = family.hold(access, found[0].key, request_id=uuid4(), at=at)
        return family.book(access, kept.pk, Wish(), request_id=uuid4(), at=at)

    def visit(self) -> Visit:
        """A visit that staff booked without an appointment, its visitor banned."""
        session = builders.session(
            self.home,
            starts_at=builders.at(14, day=DAY),
            ends_at=builders.at(15, day=DAY),
        )
        return builders.visit(self.home, session=session)
