"""Decide on a visiting party, register it, or record why not: the gate's main step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.entitlements import selectors as entitlements
from darbaza.entitlements import services as ledger
from darbaza.entitlements.types import Allowance
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Forbidden, Invalid, NotFound
from darbaza.visits import events
from darbaza.visits.policies import admission, papers
from darbaza.visits.selectors import facts
from darbaza.visits.services import writing
from darbaza.visits.types import (
    USES_ALLOWANCE,
    OverrideRequest,
    Registered,
    Registration,
    Rules,
    Verdict,
    VisitFacts,
    VisitorFacts,
)

WITHOUT_SESSION = timedelta(minutes=60)
"""Length of a visit that needs no session, where the desk gives no end."""


@dataclass(frozen=True, slots=True)
class Case:
    """A registration with what is known and what follows from it."""

    registration: Registration
    known: facts.Known
    verdict: Verdict
    starts_at: datetime
    ends_at: datetime


@requires(Permission.VISIT_REGISTER)
def decide(
    registration: Registration, *, by: Actor, at: datetime, rank: Actor | None = None
) -> Verdict:
    """Give the decision that ``register`` would take now; nothing is written.

    Args:
        registration: The party in front of the window.
        by: The officer.
        at: Now, or the true time of a visit entered later.
        rank: Whoever answers for the overrides, if not the officer.

    Raises:
        NotFound: Prisoner or visitor does not exist for this actor.
        Forbidden: An override that the rank may not give.
    """
    known = facts.known(registration, by=by, at=at)
    case, _overrides = case_of(registration, known, by, at, rank)
    return case.verdict


@requires(Permission.VISIT_REGISTER)
@transaction.atomic(savepoint=False)
def register(
    registration: Registration, *, by: Actor, at: datetime, rank: Actor | None = None
) -> Registered:
    """Register the party, or record the refusal; both are committed.

    The request id makes it happen once: sent again, the first answer comes back.

    Args:
        registration: The party, with overrides and their reasons.
        by: The officer.
        at: Now, or the true time of a visit entered later from paper.
        rank: Whoever answers for the overrides, if not the officer.

    Raises:
        NotFound: Prisoner or visitor does not exist for this actor.
        Forbidden: An override that the rank may not give.
        Invalid: No lead visitor, two of them, or one person twice.
    """
    audit.lock(by.institution_id)
    known = facts.known(registration, by=by, at=at)
    if known.again:
        return writing.repeated(known.again)
    case, overrides = case_of(registration, known, by, at, rank)
    answer = rank or by
    done = writing.write(
        registration,
        case.verdict,
        slot=case.known.visit.slot if case.known.visit else None,
        times=(case.starts_at, case.ends_at),
        by=by,
        at=at,
    )
    writing.overrides(done, overrides, by=answer, at=at)
    _charge(case, done, by, at)
    audit.append(
        known.newest,
        _event(registration, done),
        target=("visit", str(done.visit_id)),
        by=by,
        at=at,
        facts={
            "prisoner": str(registration.prisoner_id),
            "kind": registration.kind,
            "persons": [str(p.person_id) for p in registration.parties],
            "codes": [g.code for g in done.verdict.grounds],
            "overrides": [o.code for o, _permission in overrides],
            "rank": str(answer.id) if overrides else "",
            "request": str(registration.request_id),
        },
    )
    return done


def case_of(
    registration: Registration,
    known: facts.Known,
    by: Actor,
    at: datetime,
    rank: Actor | None,
) -> tuple[Case, list[tuple[OverrideRequest, str]]]:
    """Decide with what is known; also give the overrides used and their permissions."""
    _check_parties(registration)
    if known.visit is None or len(known.visitors) < len(registration.parties):
        raise NotFound
    rules = Rules(entitlements.rules(known.visit.day, by=by))
    plain = _verdict(registration, known, rules)
    used = _lifts(plain, registration.overrides, rank or by)
    verdict = _lifted(plain, registration.overrides)
    slot = known.visit.slot
    starts = slot.starts_at if slot else registration.starts_at or at
    ends = slot.ends_at if slot else registration.ends_at or starts + WITHOUT_SESSION
    return Case(registration, known, verdict, starts, ends), used


def _check_parties(registration: Registration) -> None:
    leads = [p for p in registration.parties if p.part == "lead"]
    people = {p.person_id for p in registration.parties}
    if len(leads) != 1:
        raise Invalid("lead_visitor_missing")
    if len(people) != len(registration.parties):
        raise Invalid("visitor_twice")


def _verdict(registration: Registration, known: facts.Known, rules: Rules) -> Verdict:
    visit = known.visit
    if visit is None:
        raise NotFound
    lead = next(p.person_id for p in registration.parties if p.part == "lead")
    grown = {p for p, v in known.visitors.items() if not _minor(v, visit)}
    # An adult who is refused cannot bring a child in: decide on adults first.
    decided: dict[UUID, Decision] = {}
    for person_id in sorted(known.visitors, key=lambda p: p not in grown):
        adults = sum(bool(decided[p]) for p in decided if p in grown)
        decided[person_id] = admission.may_take_part(
            visit,
            known.visitors[person_id],
            adults=1 if person_id in grown else adults,
            rules=rules,
        )
    ordered = {p.person_id: decided[p.person_id] for p in registration.parties}
    return Verdict(admission.may_hold(visit, rules=rules), ordered, lead)


def _minor(visitor: VisitorFacts, visit: VisitFacts) -> bool:
    return papers.is_minor(visitor, on=visit.day)


def _lifted(verdict: Verdict, wanted: tuple[OverrideRequest, ...]) -> Verdict:
    codes: dict[UUID | None, list[str]] = {}
    for override in wanted:
        codes.setdefault(override.person_id, []).append(override.code)
    return Verdict(
        verdict.visit.lifted(codes.get(None, ())),
        {p: d.lifted(codes.get(p, ())) for p, d in verdict.visitors.items()},
        verdict.lead,
    )


def _lifts(
    verdict: Verdict, wanted: tuple[OverrideRequest, ...], rank: Actor
) -> list[tuple[OverrideRequest, str]]:
    """Return each override that is needed, with the permission that it uses."""
    found = []
    nothing = Decision()
    for override in wanted:
        person = override.person_id
        decision = verdict.visitors.get(person, nothing) if person else verdict.visit
        ground = next((g for g in decision.blocking if g.code == override.code), None)
        if ground is None or not ground.lift:
            continue
        if not override.reason.strip():
            raise Invalid("override_without_reason", field="reason")
        if not rank.may(Permission(ground.lift)):
            raise Forbidden(permission=ground.lift)
        found.append((override, ground.lift))
    return found


def _charge(case: Case, done: Registered, by: Actor, at: datetime) -> None:
    """Use one visit of the allowance; the period's grant goes before it where due."""
    visit, kind = case.known.visit, case.registration.kind
    if done.status == "refused" or kind not in USES_ALLOWANCE or visit is None:
        return
    quota = visit.allowance
    if quota is None:
        return
    allowance = Allowance(
        prisoner_id=case.registration.prisoner_id,
        kind=kind,
        period=quota.period,
        due=quota.due,
        granted=quota.granted,
        quota_id=quota.quota_id,
    )
    ledger.append_use(allowance, done.visit_id, by=by, at=at)


def _event(registration: Registration, done: Registered) -> EventType:
    if done.status == "refused":
        return events.REFUSED
    return events.BOOKED if registration.status == "booked" else events.REGISTERED
