"""A party that booked beforehand stands at the window: decide again, then register."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.entitlements import services as ledger
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, NotFound
from darbaza.visits import events
from darbaza.visits.models import Visit, Visitor
from darbaza.visits.selectors import facts
from darbaza.visits.services import registration as deciding
from darbaza.visits.services import writing
from darbaza.visits.types import Registered, Registration, Verdict


@requires(Permission.VISIT_REGISTER)
@transaction.atomic
def arrive(
    visit_id: UUID,
    registration: Registration,
    *,
    by: Actor,
    at: datetime,
    rank: Actor | None = None,
) -> Registered:
    """Register a booked visit for those who really came; the rest are absent.

    The booking keeps its place, seat and allowance. Sent again, nothing happens twice.

    Raises:
        NotFound: No such visit in the actor's institution.
        Conflict: The visit is neither booked nor registered (cancelled, say).
    """
    audit.lock(by.institution_id)
    visit = _visit(visit_id, by)
    if visit.status in {Visit.Status.REGISTERED, Visit.Status.INSIDE}:
        return writing.repeated(visit.pk)
    if visit.status != Visit.Status.BOOKED:
        raise Conflict("visit_not_booked", status=visit.status)
    party = _as_booked(visit, registration)
    known = facts.known(party, by=by, at=at)
    case, used = deciding.case_of(party, known, by, at, rank)
    rows = _visitors(visit, party, case.verdict, by)
    _settle(visit, case.verdict, by=by, at=at)
    done = Registered(
        visit.pk,
        visit.reference,
        visit.status,
        case.verdict,
        rows,
        seat_label=visit.seat.label if visit.seat else "",
    )
    done = writing.refuse(party, done, by=by, at=at)
    writing.overrides(done, used, by=rank or by, at=at)
    audit.record(
        events.ARRIVED if case.verdict.takes_place else events.REFUSED,
        target=visit,
        by=by,
        at=at,
        persons=[str(p.person_id) for p in party.parties],
        codes=[g.code for g in case.verdict.grounds],
        overrides=[o.code for o, _permission in used],
    )
    return done


def _visit(visit_id: UUID, by: Actor) -> Visit:
    found = Visit.objects.filter(pk=visit_id, institution_id=by.institution_id).first()
    if found is None:
        raise NotFound
    return found


def _as_booked(visit: Visit, registration: Registration) -> Registration:
    return replace(
        registration,
        prisoner_id=visit.prisoner_id,
        kind=visit.kind,
        session_id=visit.session_id,
        seat_id=visit.seat_id,
        closed=visit.closed or registration.closed,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        replaces=visit.pk,
    )


def _visitors(
    visit: Visit, party: Registration, verdict: Verdict, by: Actor
) -> dict[UUID, UUID]:
    """Bring the booked visitors up to what was decided now; add who came besides."""
    booked = {v.person_id: v for v in visit.visitors.all()}
    came = {p.person_id: p for p in party.parties}
    for person_id, row in booked.items():
        if person_id not in came:
            row.status = Visitor.Status.ABSENT
            row.part = Visitor.Part.ADULT if row.part == "lead" else row.part
            row.save(update_fields=["status", "part"])
    rows: dict[UUID, UUID] = {}
    # The old lead steps down first: the database admits one lead at a time.
    for person_id, one in sorted(came.items(), key=lambda item: item[1].part == "lead"):
        old = booked.get(person_id)
        if old is None:
            rows[person_id] = writing.visitor(visit.pk, one, verdict, by=by)
            continue
        decision: Decision = verdict.visitors[person_id]
        allowed = verdict.takes_place and bool(decision)
        old.status = Visitor.Status.ALLOWED if allowed else Visitor.Status.REFUSED
        old.part, old.photo_id = one.part, one.photo_id
        old.document_id = one.document_id
        old.effect = (verdict.visit + decision).effect.name.lower()
        old.grounds = (verdict.visit + decision).as_facts()
        old.save()
        rows[person_id] = old.pk
    return rows


def _settle(visit: Visit, verdict: Verdict, *, by: Actor, at: datetime) -> None:
    visit.registered_at, visit.registered_by, visit.entered_at = at, by.name, at
    if verdict.takes_place:
        visit.status = Visit.Status.REGISTERED
    else:
        visit.status = Visit.Status.REFUSED
        visit.outcome = Visit.Outcome.VISITOR_REFUSED
        visit.seat = None
        ledger.give_back(visit.pk, note="visitor_refused", by=by, at=at)
    visit.save()
