"""Rows for the tests of visits: places, people, visits, in states that can be reached.

Times are local times of one Monday, 23 November 2026.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from darbaza.accounts.permissions import ROLES, Role
from darbaza.accounts.types import Actor
from darbaza.custody.models import Prisoner
from darbaza.entitlements.models import Rule
from darbaza.persons import sieve
from darbaza.persons.models import Person
from darbaza.sites.models import Block, Institution, Room, Seat
from darbaza.visits.models import Session, Template, Visit, Visitor

ZONE = ZoneInfo("Asia/Bishkek")
MONDAY = date(2026, 11, 23)
NAME = "А. Токтоев"


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """A local moment."""
    return datetime.combine(day, time(hour, minute), ZONE)


@dataclass
class House:
    """One prison with a hall, a block and staff."""

    institution: Institution
    block: Block
    hall: Room

    def actor(self, role: Role = Role.SHIFT_SUPERVISOR, name: str = NAME) -> Actor:
        key = self.institution.pk
        return Actor(
            UUID(int=7), name, key, frozenset({key}), ROLES[role], frozenset({role})
        )


def house(code: str = "27", *, seats: int = 0) -> House:
    names = {"name_ky": f"№ {code} мекеме", "name_ru": f"Учреждение № {code}"}
    row = Institution.objects.create(
        code=code, kind="colony", name_en=f"Institution No. {code}", **names
    )
    hall = room(row, seats=seats)
    return House(row, Block.objects.create(institution=row, code="1"), hall)


def room(
    institution: Institution, kind: str = "open", *, seats: int = 0, **changes: Any
) -> Room:
    names = {"name_ky": "Зал", "name_ru": "Зал", "name_en": "Hall"}
    row = Room.objects.create(institution=institution, kind=kind, **names | changes)
    for number in range(seats):
        Seat.objects.create(institution=institution, room=row, label=str(number + 1))
    return row


def template(home: House, **changes: Any) -> Template:
    values: dict[str, Any] = {
        "name_ky": "Эртең менен",
        "name_ru": "Утро",
        "name_en": "Morning",
        "kind": "short",
        "room": home.hall,
        "weekday": 0,
        "starts_at": time(9),
        "minutes": 240,
        "open_places": 3,
        "closed_places": 1,
        "valid_from": MONDAY - timedelta(days=70),
    }
    return Template.objects.create(institution=home.institution, **values | changes)


def session(home: House, **changes: Any) -> Session:
    values: dict[str, Any] = {
        "kind": "short",
        "room": home.hall,
        "starts_at": at(9),
        "ends_at": at(13),
        "open_places": 3,
        "closed_places": 1,
    }
    return Session.objects.create(institution=home.institution, **values | changes)


def person(home: House, surname: str = "Асанов", **changes: Any) -> Person:
    key, surname_key, given_key = sieve.keys(surname, "Бакыт")
    values: dict[str, Any] = {
        "surname": surname,
        "given_names": "Бакыт",
        "key": key,
        "surname_key": surname_key,
        "given_key": given_key,
        "birth_on": date(1985, 3, 12),
        "registered_at": at(8),
    }
    return Person.objects.create(institution=home.institution, **values | changes)


def prisoner(home: House, number: str = "27-0001", **changes: Any) -> Prisoner:
    values: dict[str, Any] = {
        "number": number,
        "legal_status": "sentenced",
        "regime": "colony_general",
        "block": home.block,
        "admitted_on": date(2025, 1, 10),
    }
    values |= changes
    who = values.pop("person", None) or person(home, "Осмонов")
    return Prisoner.objects.create(institution=home.institution, person=who, **values)


def rule(code: str, *, verified: bool = True) -> Rule:
    return Rule.objects.create(
        code=code, name_ky="q", name_ru="q", name_en="q",
        legal_basis="test", valid_from=date(2020, 1, 1), added_at=at(8), added_by="x",
        verified_by="Lawyer" if verified else "",
        verified_on=date(2026, 1, 1) if verified else None,
    )  # fmt: skip


def visit(home: House, **changes: Any) -> Visit:
    """A visit with one lead visitor, booked for the session given or made."""
    values: dict[str, Any] = {
        "kind": "short",
        "reference": uuid4().hex[:8].upper(),
        "source": "booked",
        "status": "booked",
        "registered_at": at(8),
        "registered_by": "А. Токтоев",
        "entered_at": at(8),
        "request_id": uuid4(),
    }
    values |= changes
    who = values.pop("visitor", None) or person(home, f"Асанов{uuid4().hex[:4]}")
    if "session" not in values:
        values["session"] = session(home)
    for name in ("starts_at", "ends_at"):
        values.setdefault(name, getattr(values["session"], name))
    if "prisoner" not in values:
        values["prisoner"] = prisoner(home, uuid4().hex[:12])
    row = Visit.objects.create(institution=home.institution, **values)
    part = "inside" if row.status == "inside" else "allowed"
    Visitor.objects.create(
        institution=home.institution,
        visit=row,
        person=who,
        part="lead",
        status=part,
        effect="allow",
        came_in_at=at(9) if part == "inside" else None,
    )
    return row
