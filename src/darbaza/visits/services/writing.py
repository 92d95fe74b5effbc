"""The rows of a registration: visit, visitors, overrides, refusal."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from darbaza.accounts.types import Actor
from darbaza.kernel import ids
from darbaza.kernel.db import Insert
from darbaza.kernel.decisions import Decision
from darbaza.visits.models import Override, Refusal, Visit, Visitor
from darbaza.visits.types import (
    OverrideRequest,
    Party,
    Registered,
    Registration,
    SlotFact,
    Verdict,
)


@cache
def _insert(model: type[Any]) -> Insert:
    return Insert(model)


def write(
    registration: Registration,
    verdict: Verdict,
    *,
    slot: SlotFact | None,
    times: tuple[datetime, datetime],
    by: Actor,
    at: datetime,
    entered_at: datetime | None = None,
) -> Registered:
    """Insert the visit and its visitors as decided, and the refusals among them."""
    takes_place = verdict.takes_place
    seat = slot if takes_place else None
    row = _visit(registration, by, at) | {
        "seat_id": seat.seat_id if seat else None,
        "status": registration.status if takes_place else "refused",
        "outcome": "" if takes_place else "visitor_refused",
        "starts_at": times[0],
        "ends_at": times[1],
        "entered_at": entered_at or at,
    }
    _insert(Visit)(**row)
    rows = {
        party.person_id: visitor(row["id"], party, verdict, by=by)
        for party in registration.parties
    }
    label = seat.seat_label if seat else ""
    done = Registered(row["id"], row["reference"], row["status"], verdict, rows, label)
    return refuse(registration, done, by=by, at=at)


def _visit(registration: Registration, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the columns of a visit that the decision does not change."""
    return {
        "id": ids.new_id(),
        "institution_id": by.institution_id,
        "prisoner_id": registration.prisoner_id,
        "session_id": registration.session_id,
        "kind": registration.kind,
        "closed": registration.closed,
        "reference": ids.reference(),
        "source": registration.source,
        "sub_status": "",
        "outcome_reason": "",
        "registered_at": at,
        "registered_by": by.name,
        "note": registration.note,
        "request_id": registration.request_id,
    }


def visitor(visit_id: UUID, party: Party, verdict: Verdict, *, by: Actor) -> UUID:
    """Insert one visitor with the decision on them; return the row's key."""
    row_id = ids.new_id()
    own = verdict.visitors[party.person_id]
    allowed, whole = verdict.takes_place and bool(own), verdict.visit + own
    _insert(Visitor)(
        id=row_id,
        institution_id=by.institution_id,
        visit_id=visit_id,
        person_id=party.person_id,
        document_id=party.document_id,
        photo_id=party.photo_id,
        part=party.part,
        status="allowed" if allowed else "refused",
        effect=whole.effect.name.lower(),
        grounds=whole.as_facts(),
        came_in_at=None,
        came_in_scan=None,
        left_at=None,
        left_scan=None,
    )
    return row_id


def overrides(
    done: Registered,
    used: list[tuple[OverrideRequest, str]],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Insert the overrides of a registration under the name that answers for them."""
    for override, permission in used:
        person = override.person_id
        _insert(Override)(
            id=ids.new_id(),
            institution_id=by.institution_id,
            visit_id=done.visit_id,
            visitor_id=done.visitors[person] if person else None,
            code=override.code,
            permission=permission,
            reason=override.reason.strip(),
            at=at,
            by_id=by.id,
            by_name=by.name,
        )


def refuse(
    registration: Registration, done: Registered, *, by: Actor, at: datetime
) -> Registered:
    """Insert a refusal for each visitor who may not come in; note the lead's number.

    Where the visit as such is refused the lead's paper carries its grounds too.
    """
    verdict = done.verdict
    numbers: dict[UUID, str] = {}
    for person_id, row_id in done.visitors.items():
        own = verdict.visitors[person_id]
        whole = verdict.visit if person_id == verdict.lead else Decision()
        grounds = Decision(whole.blocking + own.blocking)
        if not grounds.grounds:
            continue
        numbers[person_id] = ids.reference()
        row = _refusal(registration, grounds, by, at)
        row |= {"visit_id": done.visit_id, "visitor_id": row_id}
        row |= {"person_id": person_id, "number": numbers[person_id]}
        _insert(Refusal)(**row)
    number = numbers.get(verdict.lead) or next(iter(numbers.values()), "")
    return replace(done, refusal_number=number)


def _refusal(
    registration: Registration, grounds: Decision, by: Actor, at: datetime
) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "institution_id": by.institution_id,
        "prisoner_id": registration.prisoner_id,
        "grounds": grounds.as_facts(),
        "language": by.language,
        "at": at,
        "by_name": by.name,
        "printed_at": None,
        "complained_at": None,
        "complaint": "",
        "answer_due_on": None,
        "answered_at": None,
        "answered_by": "",
        "answer": "",
        "request_id": ids.new_id(),
    }


def repeated(visit_id: UUID) -> Registered:
    """Return what an earlier, equal request did."""
    visit = Visit.objects.select_related("seat").get(pk=visit_id)
    visitors = list(Visitor.objects.filter(visit=visit))
    lead = next(v.person_id for v in visitors if v.part == Visitor.Part.LEAD)
    decisions = {v.person_id: Decision.of_facts(v.grounds) for v in visitors}
    refusal = Refusal.objects.filter(visit=visit).order_by("id").first()
    return Registered(
        visit.pk,
        visit.reference,
        visit.status,
        Verdict(Decision(), decisions, lead),
        {v.person_id: v.pk for v in visitors},
        seat_label=visit.seat.label if visit.seat else "",
        refusal_number=refusal.number if refusal else "",
        again=True,
    )
