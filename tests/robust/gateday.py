"""One prison's day for the model: who may come, and everything its tables hold."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from darbaza.accounts.permissions import Role
from darbaza.audit.models import Event
from darbaza.entitlements.models import Entry
from darbaza.gate.models import Pass
from darbaza.kernel import ids
from darbaza.kernel.errors import DarbazaError
from darbaza.visits.models import Call, Override, Refusal, Visit, Visitor
from darbaza.visits.types import OverrideRequest, Registration
from tests.visits import builders
from tests.visits.test_registration import Scene

QUOTA, SEATS = 4, 3
TABLES = (Visit, Visitor, Entry, Call, Override, Refusal, Pass)
SURNAMES = ("Асанов", "Мамытов", "Жапаров", "Турдуев", "Сатаров")
STRANGER = len(SURNAMES) - 1
"""Number of the one visitor whose contact nobody has approved."""


AT_THE_END = 1_000
"""More writes than any step has: the crash comes just before the commit."""


@dataclass(frozen=True)
class Way:
    """How a step is taken: sent again by an impatient browser, broken off before."""

    twice: bool = False
    crash: int | None = None
    """At which write the process dies before the step is taken for good."""


class Crash(Exception):
    """The process dies in the middle of a transaction."""


def crash(step: Callable[[], Any], write: int) -> None:
    """Take a step that breaks off at one of its writes, or before its commit."""
    done = 0

    def perhaps(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal done
        done += sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))
        if done == write:
            raise Crash
        return execute(sql, *rest)

    with suppress(Crash, DarbazaError), transaction.atomic():
        with connection.execute_wrapper(perhaps):
            step()
        raise Crash


class GateDay(Scene):
    """Two prisoners with a verified quota, two sessions of three seats, five people."""

    def __init__(self) -> None:
        super().__init__()
        self.quota(QUOTA)
        self.director = self.house.actor(Role.DIRECTOR, "Д. Осмонова")
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
        self, prisoner: int, people: list[int], session: int, *,
        lifted: bool = False, beyond: bool = False,
    ) -> Registration:  # fmt: skip
        """Return a registration: the first of ``people`` leads.

        Args:
            prisoner: Number of whom they visit.
            people: Numbers of who comes.
            session: Number of the session.
            lifted: Somebody answers for the stranger among them.
            beyond: Somebody answers for a visit beyond the allowance.
        """
        chosen = [self.people[n] for n in people]
        party = self.party(*chosen, session_id=self.sessions[session].pk)
        overrides = tuple(
            OverrideRequest("contact_missing", "seen the certificate", person.pk)
            for person in chosen
            if lifted and person == self.people[STRANGER]
        )
        if beyond:
            overrides += (OverrideRequest("quota_used", "came from far away"),)
        return replace(
            party,
            prisoner_id=self.prisoners[prisoner].pk,
            starts_at=self.sessions[session].starts_at,
            overrides=overrides,
        )


def picture() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the day's tables, without the record."""
    found = {}
    with connection.cursor() as cursor:
        for model in TABLES:
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608
            found[table] = cursor.fetchall()
    return found


def links() -> int:
    """Return how long the record is."""
    return Event.objects.count()
