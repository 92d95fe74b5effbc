"""One prison's day for the model: who may come, and everything its tables hold."""

from dataclasses import replace
from typing import Any

from darbaza.audit.models import Event
from darbaza.entitlements.models import Entry
from darbaza.gate.models import Pass
from darbaza.kernel import ids
from darbaza.visits.models import Call, Override, Refusal, Visit, Visitor
from darbaza.visits.types import OverrideRequest, Registration
from tests.visits import builders
from tests.visits.test_registration import Scene

QUOTA, SEATS = 4, 3
TABLES = (Visit, Visitor, Entry, Call, Override, Refusal, Pass)
SURNAMES = ("Асанов", "Мамытов", "Жапаров", "Турдуев", "Сатаров")
STRANGER = len(SURNAMES) - 1
"""Number of the one visitor whose contact nobody has approved."""


class GateDay(Scene):
    """Two prisoners with a verified quota, two sessions of three seats, five people."""

    def __init__(self) -> None:
        super().__init__()
        self.quota(QUOTA)
        self.afternoon = builders.session(
            self.house, starts_at=builders.at(14), ends_at=builders.at(18)
        )
        self.sessions = (self.session, self.afternoon)
        first, second = self.prisoner, builders.prisoner(self.house, "27-0002")
        self.people = [
            self.visitor(name, approved=number != STRANGER)
            for number, name in enumerate(SURNAMES)
        ]
        self.prisoners = (first, second)
        self._approved_by_both(second)

    def _approved_by_both(self, second: Any) -> None:
        for row in self.prisoner.contacts.all():
            row.pk, row.prisoner = ids.new_id(), second
            row.save(force_insert=True)

    def wanted(
        self, prisoner: int, people: list[int], session: int, *, lifted: bool = False
    ) -> Registration:
        """Return a registration: the first of ``people`` leads."""
        chosen = [self.people[n] for n in people]
        party = self.party(*chosen, session_id=self.sessions[session].pk)
        overrides = tuple(
            OverrideRequest("contact_missing", "seen the certificate", person.pk)
            for person in chosen
            if lifted and person == self.people[STRANGER]
        )
        return replace(
            party,
            prisoner_id=self.prisoners[prisoner].pk,
            starts_at=self.sessions[session].starts_at,
            overrides=overrides,
        )


def picture() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the day's tables, without the record."""
    return {
        model.__name__: [
            tuple(map(str, row)) for row in model.objects.order_by("pk").values_list()
        ]
        for model in TABLES
    }


def links() -> int:
    """Return how long the record is."""
    return Event.objects.count()
