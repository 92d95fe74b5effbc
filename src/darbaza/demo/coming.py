"""Appointments of the demonstration: plan, hours for packages, codes of families."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Final

from darbaza.accounts.permissions import Role
from darbaza.appointments import selectors, services
from darbaza.appointments.services import family
from darbaza.appointments.types import Contact, HandInDraft, Kind, PlanDraft, Wish
from darbaza.custody import selectors as custody
from darbaza.demo.house import House
from darbaza.kernel import ids

FAMILIES: Final = 12
DAYS: Final = 10
BEFORE: Final = timedelta(days=3)
"""So long ago the families got their codes and booked."""
AHEAD: Final = {1: 0, 3: 0, 5: 0, 7: 1, 9: 1}
"""In how many days a family comes, by its number; others in two, or not."""


def furnish(house: House) -> None:
    """Adopt a plan and say when packages are taken."""
    by, at = house.by, house.start
    plan = PlanDraft(
        at.date(), clerks=2, inspectors=2, searchers=2,
        registration_minutes=Decimal("2.5"),
    )  # fmt: skip
    services.adopt(plan, by=by, at=at)
    for weekday in range(5):
        hours = HandInDraft(weekday, time(9), time(12), valid_from=at.date())
        services.add_hand_in(hours, by=by, at=at)


def tell(house: House) -> None:
    """Give some families their codes; most have booked, two have come, one waits."""
    if not house.prison.round_the_clock:
        return
    by, at = house.staff[Role.GATE_OFFICER][0], house.now - BEFORE
    contacts = [
        contact
        for prisoner in custody.prisoners(by=by).filter(status="held")[:FAMILIES]
        for contact in custody.contacts(prisoner_id=prisoner.pk, by=by)
        if contact.status == "approved"
    ][:FAMILIES]
    for number, contact in enumerate(contacts):
        given = services.give_code(
            contact.prisoner_id, contact.person_id,
            Contact(f"+996 700 {number:06d}", language=contact.person.language or "ky"),
            by=by, at=at,
        )  # fmt: skip
        _booked(given.code, number, at)
    today = selectors.of_day(house.now.date(), by=by).filter(status="booked")
    for row in today.filter(arrives_at__lt=house.now)[:2]:
        services.come(row.pk, by=by, at=row.arrives_at)


def _booked(code: str, number: int, at: datetime) -> None:
    """Book a package where a time is free; the last family waits."""
    access = family.access(code, at=at)
    if access is None:
        return
    if number == FAMILIES - 1:
        first = (at + BEFORE).date() + timedelta(days=2)
        family.wait(access, Kind.VISIT, first, first + timedelta(days=DAYS), at=at)
        return
    days = 1 if number in AHEAD else DAYS
    first = (at + BEFORE).date() + timedelta(days=AHEAD.get(number, 2))
    found = family.offers(access, Kind.PARCEL, first, days, at=at)
    if not found:
        return
    chosen = found[number % len(found)]
    kept = family.hold(access, chosen.key, request_id=ids.new_id(), at=at)
    family.book(access, kept.pk, Wish(), request_id=ids.new_id(), at=at)
