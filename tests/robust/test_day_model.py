"""A day at the gate in any order, with repeats and crashes: nothing lost or doubled.

Hypothesis plays the officers. Each step may be sent again by an impatient browser and
may break off at its very end, before the commit. What must hold after every step is
computed from the rows by rules of its own, not by the code under test.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from darbaza.audit import selectors as audit
from darbaza.audit.models import Event
from darbaza.audit.types import START, Breach
from darbaza.entitlements.models import Entry
from darbaza.gate import codes
from darbaza.gate import services as gate
from darbaza.gate.models import Pass
from darbaza.kernel.errors import DarbazaError
from darbaza.visits import services
from darbaza.visits.models import Call, Override, Visit, Visitor
from darbaza.visits.policies import changes as policy
from tests.robust import gateday
from tests.robust.gateday import GateDay
from tests.visits import builders

pytestmark = pytest.mark.django_db
ACTIVE = ("booked", "registered", "inside")
REPEATABLE = frozenset({"visit.not_admitted", "gate.code_refused"})
"""Refusals at the door: each attempt is an event of its own, as it should be."""

how = st.builds(
    gateday.Way,
    twice=st.booleans(),
    crash=st.sampled_from([None, None, None, 1, 2, 3, 5, 8, gateday.AT_THE_END]),
)
"""Sent once or twice; broken off never, at a certain write, or before the commit."""
party = st.lists(st.integers(0, 4), min_size=1, max_size=2, unique=True)
which = st.integers(0, 20)
two = st.integers(0, 1)


class Day(RuleBasedStateMachine):
    """Officers, families and bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.day = GateDay()
        self.who = {"by": self.day.supervisor}
        self.minute = 0
        self.inside: set[UUID] = set()
        self.rows, self.head = gateday.picture(), START

    def teardown(self) -> None:
        """Look at the whole record once more, then forget the day."""
        assert list(audit.breaches()) == []
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What every step goes through -------------------------------------------------

    @property
    def now(self) -> datetime:
        """The clock of the gate: it only moves forward."""
        return builders.at(10) + timedelta(minutes=self.minute)

    def do(self, way: gateday.Way, step: Callable[..., Any], *expected: str) -> Any:
        """Take a step in one of the ways; return its answer, None where refused."""
        self.minute += 1
        before, links, at = self.rows, gateday.links(), self.now
        if way.crash is not None:
            gateday.crash(lambda: step(at=at), way.crash)
            assert (gateday.picture(), gateday.links()) == (before, links)
        try:
            with transaction.atomic():
                answer = step(at=at)
        except DarbazaError:
            assert (gateday.picture(), gateday.links()) == (before, links)
            return None
        self.rows, new = gateday.picture(), _types_since(links)
        if self.rows != before:
            assert Counter(t for t in new if t in expected).total() == 1, new
        if way.twice:
            self._again(step, gateday.links())
        return answer

    def _again(self, step: Callable[..., Any], links: int) -> None:
        self.minute += 1
        try:
            with transaction.atomic():
                step(at=self.now)
        except DarbazaError:
            pass
        assert gateday.picture() == self.rows
        assert set(_types_since(links)) <= REPEATABLE

    def visit(self, number: int, *status: str) -> Visit | None:
        """Return one of the visits in a status, if there are any."""
        rows = Visit.objects.filter(status__in=status) if status else Visit.objects
        keys = list(rows.order_by("pk"))
        return keys[number % len(keys)] if keys else None

    def visitor(self, number: int, *status: str) -> Visitor | None:
        """Return one of the visitors in a status, if there are any."""
        rows = list(Visitor.objects.filter(status__in=status).order_by("pk"))
        return rows[number % len(rows)] if rows else None

    # The window -------------------------------------------------------------------

    @rule(way=how, prisoner=two, people=party, session=two, lifted=st.booleans())
    def arrive(self, way, prisoner, people, session, lifted):
        """A family without booking: decide, then register with passes."""
        wanted = self.day.wanted(prisoner, people, session, lifted=lifted)
        verdict = services.decide(wanted, at=self.now, **self.who)
        assert gateday.picture() == self.rows
        done = self.do(
            way,
            lambda at: gate.register(wanted, at=at, **self.who),
            "visit.registered", "visit.refused",
        )  # fmt: skip
        assert (done.registered.status == "registered") is verdict.takes_place
        stranger = self.day.people[gateday.STRANGER].pk
        given = {o.person_id for o in wanted.overrides}
        rows = Override.objects.filter(visit_id=done.registered.visit_id)
        assert rows.count() == len(given)
        assert stranger in given or not verdict.visitors.get(stranger)

    @rule(way=how, prisoner=two, people=party, session=two)
    def arrive_beyond_the_allowance(self, way, prisoner, people, session):
        """The director answers for a visit more than the law's allowance."""
        wanted = self.day.wanted(prisoner, people, session, beyond=True)
        rank = self.day.director
        self.do(
            way,
            lambda at: gate.register(wanted, at=at, rank=rank, **self.who),
            "visit.registered", "visit.refused",
        )  # fmt: skip

    @rule(way=how, prisoner=two, people=party, session=two)
    def book(self, way, prisoner, people, session):
        """A family books for later today."""
        wanted = self.day.wanted(prisoner, people, session)
        self.do(
            way,
            lambda at: services.book(wanted, at=at, **self.who),
            "visit.booked", "visit.refused",
        )  # fmt: skip

    @precondition(lambda self: self.visit(0, "booked"))
    @rule(way=how, number=which, people=party, swap=st.booleans())
    def arrive_booked(self, way, number, people, swap):
        """Who booked comes: the same people, in other parts, or quite others."""
        visit = self.visit(number, "booked")
        if swap:
            names = [p.pk for p in self.day.people]
            booked = visit.visitors.order_by("-pk").values_list("person_id", flat=True)
            people = [names.index(key) for key in booked]
        wanted = self.day.wanted(0, people, 0, lifted=True)
        self.do(
            way,
            lambda at: services.arrive(visit.pk, wanted, at=at, **self.who),
            "visit.arrived", "visit.refused",
        )  # fmt: skip

    # The inner door ---------------------------------------------------------------

    @precondition(lambda _: Visitor.objects.exists())
    @rule(way=how, number=which)
    def let_in(self, way, number):
        """Somebody wants in: by the pass, or by hand where there is none."""
        row = self.visitor(number, "allowed", "inside", "left", "refused", "absent")
        scan, number = uuid4(), _pass_number(row)

        def step(at: datetime) -> Any:
            if number is None:
                return services.admit(row.pk, scan_id=scan, at=at, **self.who)
            code = codes.printed(number)
            return gate.let_in_by_code(code, scan_id=scan, at=at, **self.who)[1]

        if self.do(way, step, "visit.admitted"):
            assert row.person_id not in self.inside
            self.inside.add(row.person_id)

    @precondition(lambda _: Visitor.objects.exists())
    @rule(way=how, number=which, anybody=st.booleans())
    def let_out(self, way, number, anybody):
        """Somebody wants out, with or without a pass; perhaps not inside at all."""
        row = self.visitor(number, "allowed", "left") if anybody else None
        row = row or self.visitor(number, "inside")
        if row is None:
            return
        scan, number = uuid4(), _pass_number(row)

        def step(at: datetime) -> Any:
            if number is None:
                return services.let_out(row.pk, scan_id=scan, at=at, **self.who)
            code = codes.printed(number)
            return gate.let_out_by_code(code, scan_id=scan, at=at, **self.who)[1]

        if self.do(way, step, "visit.let_out"):
            assert row.person_id in self.inside
            self.inside.remove(row.person_id)

    @precondition(lambda _: Pass.objects.exists())
    @rule(way=how, number=which)
    def lose(self, way, number):
        """A pass is lost: a new one is made, and the old one opens nothing."""
        rows = list(Pass.objects.order_by("pk"))
        lost = rows[number % len(rows)]
        fresh = self.do(
            way,
            lambda at: gate.replace_lost(lost.pk, reason="model", at=at, **self.who),
            "gate.pass_lost",
        )
        if fresh:
            code = codes.printed(lost.number)
            scan, at = uuid4(), self.now
            assert not gate.let_in_by_code(code, scan_id=scan, at=at, **self.who)[1]

    @precondition(lambda _: Visitor.objects.exists())
    @rule(way=how, number=which)
    def let_out_by_face(self, way, number):
        """Somebody without a pass is let out by the photograph."""
        row = self.visitor(number, "inside", "left", "allowed")
        if row is None:
            return
        scan = uuid4()

        def step(at: datetime) -> Any:
            return gate.let_out_without_pass(
                row.pk, scan_id=scan, reason="model", at=at, **self.who
            )

        if self.do(way, step, "visit.let_out"):
            assert row.person_id in self.inside
            self.inside.remove(row.person_id)

    # Changes ----------------------------------------------------------------------

    @precondition(lambda _: Visit.objects.exists())
    @rule(way=how, number=which, cause=st.sampled_from(sorted(policy.CANCEL_FROM)))
    def cancel(self, way, number, cause):
        """Cancel for any cause, in any state."""
        visit = self.visit(number)
        self.do(
            way,
            lambda at: services.cancel(
                visit.pk, cause, reason="model", at=at, **self.who
            ),
            "visit.cancelled",
        )

    @precondition(lambda self: self.visit(0, "booked", "registered"))
    @rule(way=how, number=which, session=two)
    def move(self, way, number, session):
        """Move to the other session, or to the same."""
        visit = self.visit(number, "booked", "registered")
        to = services.MoveTo(uuid4(), self.day.sessions[session].pk)
        self.do(
            way,
            lambda at: services.move(visit.pk, to, reason="model", at=at, **self.who),
            "visit.moved",
        )

    @precondition(lambda _: Visit.objects.exists())
    @rule(
        way=how, number=which, kind=st.sampled_from([None, "lawyer", "short"]),
        swap=st.booleans(), longer=st.integers(-60, 60),
    )  # fmt: skip
    def correct(self, way, number, kind, swap, longer):
        """Correct kind, end and parts."""
        visit = self.visit(number)
        rows = list(visit.visitors.order_by("pk"))
        parts = {}
        if swap and len(rows) == 2:
            parts = {rows[0].pk: rows[1].part, rows[1].pk: rows[0].part}
        end = visit.ends_at + timedelta(minutes=longer)
        correction = services.Correction(kind=kind, ends_at=end, parts=parts)
        self.do(
            way,
            lambda at: services.correct(
                visit.pk, correction, reason="model", at=at, **self.who
            ),
            "visit.corrected",
        )

    @precondition(lambda self: self.visit(0, "inside", "ended", "registered"))
    @rule(way=how, number=which, outcome=st.sampled_from(sorted(policy.OUTCOME_FROM)))
    def turn_out(self, way, number, outcome):
        """Set an outcome by hand, also over an earlier one."""
        visit = self.visit(number, "inside", "ended", "registered")
        self.do(
            way,
            lambda at: services.set_outcome(
                visit.pk, outcome, reason="model", at=at, **self.who
            ),
            "visit.outcome_set",
        )

    @precondition(lambda self: self.visit(0, "inside"))
    @rule(way=how, number=which, outcome=st.sampled_from(sorted(policy.EARLY)))
    def end_early(self, way, number, outcome):
        """End a visit before its time."""
        visit = self.visit(number, "inside")
        self.do(
            way,
            lambda at: services.end_early(
                visit.pk, outcome, reason="model", at=at, **self.who
            ),
            "visit.ended_early",
        )

    # The prisoner -----------------------------------------------------------------

    @precondition(lambda self: self.visit(0, "registered", "inside") or _calls())
    @rule(
        way=how, number=which,
        name=st.sampled_from(
            ["call", "brought", "returned", "refused", "ill", "absent"]
        ),
    )  # fmt: skip
    def call(self, way, number, name):
        """Any step of bringing the prisoner, in any order."""
        visit = self.visit(number)

        def step(at: datetime) -> Call:
            if name in policy.OF_CALL:
                return services.not_brought(visit.pk, name, at=at, **self.who)
            return getattr(services, name)(visit.pk, at=at, **self.who)

        self.do(
            way, step,
            "visit.prisoner_called", "visit.prisoner_brought",
            "visit.prisoner_not_brought", "visit.prisoner_returned",
        )  # fmt: skip

    @precondition(lambda self: self.visit(0, "booked", "registered"))
    @rule(way=how)
    def evening(self, way):
        """The day is over: what was open and missed is closed."""
        self.minute = max(self.minute, 9 * 60)
        for row in list(Visit.objects.filter(status__in=["booked", "registered"])):
            self.do(
                way,
                lambda at, key=row.pk: services.close_missed(key, at=at, **self.who),
                "visit.missed",
            )

    # What must always hold --------------------------------------------------------

    @invariant()
    def allowance_is_neither_lost_nor_doubled(self):
        """The sum of a ledger is what was granted, less one for each live visit."""
        for prisoner in self.day.prisoners:
            lines = Entry.objects.filter(prisoner=prisoner)
            lines = list(lines.values_list("reason", "amount"))
            grants = [amount for reason, amount in lines if reason == "grant"]
            visits = Visit.objects.filter(prisoner=prisoner)
            live = sum(_counts(visit) for visit in visits)
            used = sum(grants) - sum(amount for _reason, amount in lines)
            assert used == live, [(v.status, v.sub_status, v.outcome) for v in visits]
            beyond = Override.objects.filter(visit__in=visits, code="quota_used")
            assert live <= gateday.QUOTA + beyond.count()
            assert grants in ([], [gateday.QUOTA])

    @invariant()
    def inside_is_who_came_in_and_did_not_leave(self):
        """Nobody inside twice, nobody forgotten."""
        rows = Visitor.objects.filter(status="inside").select_related("visit")
        assert sorted(row.person_id for row in rows) == sorted(self.inside)
        assert {row.visit.status for row in rows} <= {"inside"}

    @invariant()
    def a_seat_has_one_party(self):
        """Seats and sessions are never given twice."""
        rows = Visit.objects.filter(status__in=ACTIVE).exclude(session=None)
        seats = Counter((v.session_id, v.seat_id) for v in rows if v.seat_id)
        assert max(seats.values(), default=1) == 1
        sessions = Counter(v.session_id for v in rows)
        assert max(sessions.values(), default=0) <= gateday.SEATS

    @invariant()
    def the_record_is_whole(self):
        """Every new link of the chain holds; all of it is walked at the end."""
        reached = audit.progress(self.day.house.institution.pk, self.head)
        assert not isinstance(reached, Breach), reached
        assert reached.seq == gateday.links()
        self.head = reached


def _counts(visit: Visit) -> bool:
    """Tell whether a visit uses allowance, as a reader of the book would say."""
    if visit.kind != "short" or visit.status == "refused":
        return False
    return not {visit.sub_status, visit.outcome} & policy.RETURNED


def _types_since(links: int) -> list[str]:
    return list(Event.objects.order_by("seq").values_list("type", flat=True)[links:])


def _pass_number(row: Visitor) -> str | None:
    rows = Pass.objects.filter(visitor=row).order_by("pk")
    return rows.values_list("number", flat=True).last()


def _calls() -> bool:
    return Call.objects.exists()


def _play(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Day,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            # A day that fails is printed as it was: making it shorter takes minutes.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_short_days_hold():
    _play(4, 10)


@pytest.mark.slow
def test_many_long_days_hold():
    _play(60, 50)
