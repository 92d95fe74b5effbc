"""Later entry of a visit from the paper book, with its true times.

What happened has happened: nothing is refused here. Whatever would have stood against
the visit is shown as a conflict, until somebody looks into it and says what was done.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import services as ledger
from darbaza.kernel.decisions import Decision, Effect, Ground
from darbaza.kernel.errors import Invalid
from darbaza.visits import events
from darbaza.visits.models import Visit, Visitor
from darbaza.visits.selectors import facts
from darbaza.visits.services import locking, registration, writing
from darbaza.visits.types import USES_ALLOWANCE, Registered, Registration, Verdict


@dataclass(frozen=True, slots=True)
class PaperVisit:
    """A line of the paper book. ``left_at`` None: still inside."""

    registration: Registration
    came_in_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EnteredLater:
    """What was entered, and what the officer has to look into."""

    registered: Registered
    conflicts: tuple[Ground, ...]


@requires(Permission.VISIT_ENTER_LATER)
@transaction.atomic
def enter_later(paper: PaperVisit, *, by: Actor, at: datetime) -> EnteredLater:
    """Enter a visit from paper; sent again, the first answer comes back.

    Raises:
        NotFound: Prisoner or visitor does not exist for this actor.
        Invalid: Times in the future or in the wrong order, or no lead visitor.
    """
    _check_times(paper, at)
    wanted = replace(paper.registration, source=Visit.Source.PAPER.value)
    wanted = replace(wanted, status=Visit.Status.REGISTERED.value)
    if wanted.starts_at is None:
        wanted = replace(wanted, starts_at=paper.came_in_at, ends_at=paper.left_at)
    audit.lock(by.institution_id)
    known = facts.known(wanted, by=by, at=paper.came_in_at)
    if known.again:
        done = writing.repeated(known.again)
        return EnteredLater(done, conflicts_of(done.verdict))
    case, _used = registration.case_of(wanted, known, by, paper.came_in_at, None)
    free = known.visit is not None and known.visit.slot is not None
    done = writing.write(
        wanted,
        _happened(case.verdict),
        slot=known.visit.slot if free and known.visit else None,
        times=(case.starts_at, case.ends_at),
        by=by,
        at=paper.came_in_at,
        entered_at=at,
    )
    inside = _presence(done, case.verdict, paper)
    if known.visit and known.visit.allowance and wanted.kind in USES_ALLOWANCE:
        _charge(wanted, done, known.visit.day, by, at)
    found = conflicts_of(case.verdict) + inside
    audit.record(
        events.ENTERED_LATER,
        target=("visit", str(done.visit_id)),
        by=by,
        at=at,
        came_in_at=paper.came_in_at,
        left_at=paper.left_at,
        conflicts=[g.code for g in found],
        request=str(wanted.request_id),
    )
    return EnteredLater(replace(done, verdict=case.verdict), found)


@requires(Permission.VISIT_ENTER_LATER)
@transaction.atomic
def resolve(visit_id: UUID, *, reason: str, by: Actor, at: datetime) -> Visit:
    """Say what was done about the conflicts of a later entry. Again: no change.

    Raises:
        NotFound: No such visit in the actor's institution.
        Invalid: No reason.
    """
    visit = locking.locked_visit(visit_id, by=by)
    if not reason.strip():
        raise Invalid("change_without_reason", field="reason")
    rows = visit.visitors.filter(effect="block")
    codes = sorted({g["code"] for row in rows for g in row.grounds})
    if rows.update(effect="warn"):
        audit.record(
            events.KEPT, target=visit, by=by, at=at, codes=codes, reason=reason
        )
    return visit


def _charge(
    wanted: Registration, done: Registered, day: object, by: Actor, at: datetime
) -> None:
    ledger.use(
        wanted.prisoner_id,
        wanted.kind,
        done.visit_id,
        on=day,  # type: ignore[arg-type]
        by=by,
        at=at,
        overdraw=True,
    )


def conflicts_of(verdict: Verdict) -> tuple[Ground, ...]:
    """Return every ground that would have stood against the visit."""
    return tuple(g for g in verdict.grounds if g.effect is Effect.BLOCK)


def _happened(verdict: Verdict) -> Verdict:
    """Return the verdict with all that blocks turned into what asks for care."""
    visitors = {p: _softened(d) for p, d in verdict.visitors.items()}
    return Verdict(_softened(verdict.visit), visitors, verdict.lead)


def _softened(decision: Decision) -> Decision:
    soft = (replace(g, effect=min(g.effect, Effect.WARN)) for g in decision.grounds)
    return Decision(tuple(soft))


def _presence(
    done: Registered, verdict: Verdict, paper: PaperVisit
) -> tuple[Ground, ...]:
    """Give the visitors their true times; return who the rows have inside elsewhere."""
    found: list[Ground] = []
    rows = Visitor.objects.filter(pk__in=done.visitors.values())
    for row in rows:
        own = verdict.visit + verdict.visitors[row.person_id]
        row.grounds, row.effect = own.as_facts(), own.effect.name.lower()
        row.came_in_at, row.left_at = paper.came_in_at, paper.left_at
        row.status = Visitor.Status.LEFT
        if paper.left_at is None:
            elsewhere = Visitor.objects.filter(person_id=row.person_id, status="inside")
            if elsewhere.exists():
                row.status, row.came_in_at = Visitor.Status.ALLOWED, None
                found.append(Ground("already_inside", Effect.BLOCK))
                row.effect = "block"
            else:
                row.status = Visitor.Status.INSIDE
        row.save()
    over = paper.left_at is not None
    Visit.objects.filter(pk=done.visit_id).update(
        status=Visit.Status.ENDED if over else Visit.Status.INSIDE,
        outcome=Visit.Outcome.COMPLETED if over else Visit.Outcome.OPEN,
    )
    return tuple(found)


def _check_times(paper: PaperVisit, at: datetime) -> None:
    if paper.came_in_at > at or (paper.left_at and paper.left_at > at):
        raise Invalid("time_not_come", field="came_in_at")
    if paper.left_at is not None and paper.left_at <= paper.came_in_at:
        raise Invalid("end_not_after_start", field="left_at")
