"""A visiting party on its way: booked, at the window, inside, out again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.demo import entrance
from darbaza.demo.agenda import Agenda
from darbaza.demo.house import House
from darbaza.demo.register import File, Visitor
from darbaza.demo.waiting import Number
from darbaza.gate import codes
from darbaza.gate import services as gate
from darbaza.gate.types import Issued
from darbaza.kernel import ids
from darbaza.visits import selectors
from darbaza.visits import services as visits
from darbaza.visits.types import OverrideRequest, Party, Registration

MINUTE: Final = timedelta(minutes=1)
CALLED_FOR: Final = timedelta(days=14)
"""The call list came into use two weeks ago."""
_COMPLAINT: Final = "Туугандыгым тууралуу кагазды алып келдим, бирок алышкан жок."
_ANSWER: Final = "Кагаз каралды, байланыш бекитилди. Кийинки жумадан келсеңиз болот."
_EARLY: Final = (
    ("ended_early_staff", "Тыюу салынган буюм берүүгө аракет"),
    ("ended_early_family", "Бала чарчап калды"),
    ("ended_early_prisoner", "Өз каалоосу менен"),
)
_CAUSES: Final = {
    "by_family": "Телефон аркылуу баш тартты",
    "by_institution": "Зал оңдоодо",
}
_OVERRIDE: Final = "Алыстан келген, туугандыгын күбөлүк менен тастыктады"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a visit was meant and how it turned out."""

    file: File
    adults: tuple[Visitor, ...]
    children: tuple[Visitor, ...]
    kind: str
    starts_at: datetime
    ends_at: datetime
    session_id: UUID | None
    closed: bool = False
    booked_days: int = 0
    """How many days before it was booked; 0 for a walk-in."""
    turn: str = ""
    """"", by_family, by_institution, not_come, early, ill, override."""


class Visiting:
    """Carries one plan out, step by step, through the services."""

    def __init__(self, house: House, agenda: Agenda, plan: Plan) -> None:
        self.house = house
        self.agenda = agenda
        self.plan = plan
        self.visit_id: UUID | None = None
        self.passes: dict[UUID, str] = {}
        self.number = Number(house, agenda)
        self.things: UUID | None = None
        """What the lead visitor left at the entrance."""

    def begin(self) -> None:
        """Note the first step: the booking, or the arrival at the window."""
        plan, chance = self.plan, self.house.chance
        comes = plan.starts_at - chance.randint(8, 50) * MINUTE
        if not plan.booked_days:
            self.number.note(comes, plan.kind)
            self.agenda.note(comes, self.register)
            return
        day = plan.starts_at.date() - timedelta(days=plan.booked_days)
        booked = self.house.moment(day, chance.randint(9, 16), chance.randrange(60))
        booked = max(booked, self.house.start)
        if booked < min(comes, self.house.now):
            self.agenda.note(booked, self.book)
            self._after_booking(comes, booked)

    def _after_booking(self, comes: datetime, booked: datetime) -> None:
        match self.plan.turn:
            case "by_family" | "by_institution":
                self.agenda.note(booked + (comes - booked) / 2, self.cancel)
            case "not_come":
                self.agenda.note(self.plan.ends_at + 30 * MINUTE, self.close)
            case _:
                self.number.note(comes, self.plan.kind)
                self.agenda.note(comes, self.arrive)

    def registration(self) -> Registration:
        """Return what the desk asks for this party."""
        plan = self.plan
        grown = [
            Party(v.person_id, "adult" if n else "lead", v.document_id, v.photo_id,
                  "lawyer_licence" if plan.kind == "lawyer" else "")
            for n, v in enumerate(plan.adults)
        ]  # fmt: skip
        small = [
            Party(v.person_id, "child", v.document_id, None, "birth_certificate")
            for v in plan.children
        ]
        return Registration(
            request_id=ids.new_id(),
            prisoner_id=plan.file.prisoner_id,
            kind=plan.kind,
            parties=(*grown, *small),
            session_id=plan.session_id,
            starts_at=plan.starts_at,
            ends_at=plan.ends_at,
            closed=plan.closed,
        )

    def book(self, at: datetime) -> None:
        """Book it beforehand."""
        by = self.house.one_of(Role.GATE_OFFICER)
        done = visits.book(self.registration(), by=by, at=at)
        self.visit_id = done.visit_id if done.status == "booked" else None

    def arrive(self, at: datetime) -> None:
        """Stand at the window with a booking."""
        if self.visit_id is None:
            return
        by = self.house.one_of(Role.GATE_OFFICER)
        done = visits.arrive(self.visit_id, self.registration(), by=by, at=at)
        self._registered(gate.issue_passes(done, by=by, at=at), at)

    def register(self, at: datetime) -> None:
        """Stand at the window without a booking."""
        by = self.house.one_of(Role.GATE_OFFICER)
        wanted, rank = self.registration(), None
        if self.plan.turn == "override":
            lead = wanted.parties[0].person_id
            lift = OverrideRequest("contact_refused", _OVERRIDE, lead)
            wanted = replace(wanted, overrides=(lift,))
            rank = self.house.one_of(Role.DIRECTOR)
        done = gate.register(wanted, by=by, at=at, rank=rank)
        self._registered(done, at)

    def _registered(self, issued: Issued, at: datetime) -> None:
        self.visit_id = issued.registered.visit_id
        self.passes = dict(issued.passes)
        self.number.served(self.visit_id, at)
        if not self.passes:
            self._complain(issued, at)
            return
        starts = max(self.plan.starts_at, at + 5 * MINUTE)
        if self.plan.kind != "lawyer" and self._call(starts):
            return
        for number, visitor_id in enumerate(self.passes):
            self.agenda.note(
                starts + number * MINUTE, partial(self.come_in, visitor_id)
            )
        self._leave(starts)

    def _call(self, starts: datetime) -> bool:
        """Note the calling of the prisoner; True where nobody will be brought."""
        if self.plan.turn == "ill":
            self.agenda.note(starts - 3 * MINUTE, self.not_brought)
            return True
        if starts > self.house.now - CALLED_FOR:
            self.agenda.note(starts - 4 * MINUTE, partial(self._call_step, visits.call))
            self.agenda.note(starts, partial(self._call_step, visits.brought))
            after = self._ends(starts) + 6 * MINUTE
            self.agenda.note(after, partial(self._call_step, visits.returned))
        return False

    def _leave(self, starts: datetime) -> None:
        ends = self._ends(starts)
        if self.plan.turn == "early":
            self.agenda.note(ends - 2 * MINUTE, self.end_early)
        for visitor_id in self.passes:
            self.agenda.note(ends, partial(self.go_out, visitor_id))

    def _ends(self, starts: datetime) -> datetime:
        if self.plan.turn == "early":
            return starts + (self.plan.ends_at - starts) / 3
        # Deterministic without another draw: the length varies with the minute.
        return self.plan.ends_at - timedelta(minutes=3 + starts.minute % 4)

    def come_in(self, visitor_id: UUID, at: datetime) -> None:
        """Show the pass at the inner gate; the lead has left telephone and bag."""
        if visitor_id == next(iter(self.passes)):
            self.things = entrance.leave_things(self.house, visitor_id, at)
        self._scan(gate.let_in_by_code, visitor_id, at)

    def go_out(self, visitor_id: UUID, at: datetime) -> None:
        """Give the pass back on the way out."""
        self._scan(gate.let_out_by_code, visitor_id, at)
        if self.things and visitor_id == next(iter(self.passes)):
            entrance.fetch_things(self.house, self.things, at)

    def _scan(
        self, door: Callable[..., object], visitor_id: UUID, at: datetime
    ) -> None:
        code = codes.printed(self.passes[visitor_id])
        by = self.house.one_of(Role.GATE_OFFICER)
        door(code, scan_id=ids.new_id(), by=by, at=at)

    def _call_step(self, step: Callable[..., object], at: datetime) -> None:
        step(self.visit_id, by=self.house.one_of(Role.SHIFT_SUPERVISOR), at=at)

    def not_brought(self, at: datetime) -> None:
        """Call the prisoner, who is ill or does not want to come."""
        by = self.house.one_of(Role.SHIFT_SUPERVISOR)
        result = self.house.chance.choice(("ill", "refused"))
        visits.not_brought(self._known(), result, by=by, at=at)

    def end_early(self, at: datetime) -> None:
        """End the visit before its time."""
        by = self.house.one_of(Role.SHIFT_SUPERVISOR)
        outcome, reason = self.house.chance.choice(_EARLY)
        visits.end_early(self._known(), outcome, reason=reason, by=by, at=at)

    def cancel(self, at: datetime) -> None:
        """Call a booking off."""
        if self.visit_id is None:
            return
        by, cause = self.house.one_of(Role.GATE_OFFICER), self.plan.turn
        visits.cancel(self.visit_id, cause, reason=_CAUSES[cause], by=by, at=at)

    def close(self, at: datetime) -> None:
        """Close a booking to which nobody came."""
        if self.visit_id is not None:
            visits.close_missed(self.visit_id, by=self.house.by, at=at)

    def _known(self) -> UUID:
        if self.visit_id is None:
            raise LookupError("the party was never at the window")
        return self.visit_id

    def _complain(self, issued: Issued, at: datetime) -> None:
        """Let some families complain about a refusal."""
        number = issued.registered.refusal_number
        if number and self.house.chance.random() < 0.4:
            action = partial(self.complain, number)
            self.agenda.note(at + timedelta(hours=20), action)

    def complain(self, number: str, at: datetime) -> None:
        """Bring a complaint against the refusal; it is answered within days."""
        by = self.house.one_of(Role.GATE_OFFICER)
        row = selectors.refusal_by_number(number, by=by)
        visits.complain(row.pk, _COMPLAINT, by=by, at=at)
        answered = at + timedelta(days=self.house.chance.randint(2, 8))
        self.agenda.note(answered, partial(self.answer, row.pk))

    def answer(self, refusal_id: UUID, at: datetime) -> None:
        """Answer the complaint."""
        by = self.house.one_of(Role.SHIFT_SUPERVISOR)
        visits.answer(refusal_id, _ANSWER, by=by, at=at)
