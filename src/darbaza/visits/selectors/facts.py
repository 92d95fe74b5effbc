"""Run the combined statement and sort its rows into the facts of the policies."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from darbaza.accounts.types import Actor
from darbaza.audit.types import START, Link
from darbaza.entitlements.types import ALLOCATING, Reason
from darbaza.kernel import db, periods
from darbaza.kernel.decisions import Rule
from darbaza.visits.selectors import query
from darbaza.visits.types import (
    USES_ALLOWANCE,
    AllowanceFact,
    Party,
    Registration,
    RestrictionFact,
    SlotFact,
    VisitFacts,
    VisitorFacts,
)

# Columns are text or NULL, as the statement casts them.
Rows = dict[str, list[tuple[Any, ...]]]
LONGEST = timedelta(days=10)
"""No session lasts longer: how far back an overlapping one may have begun."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the statement found. ``again`` is the visit of the same request."""

    visit: VisitFacts | None
    visitors: dict[UUID, VisitorFacts]
    again: UUID | None = None
    newest: Link = START
    """The head of the institution's audit chain."""


def known(registration: Registration, *, by: Actor, at: datetime) -> Known:
    """Return every fact about a registration, as things stand in this transaction.

    ``visit`` is None where the prisoner does not exist for this actor's institution,
    now or as a former place; visitors that do not exist are left out.
    """
    day = timezone.localdate(registration.starts_at or at)
    rows = _run(registration, day, by, at)
    if "again" in rows:
        return Known(None, {}, UUID(rows["again"][0][0]))
    if not _exists(registration, rows, by):
        return Known(None, {})
    return Known(
        _visit_facts(registration, day, rows, by),
        {p.person_id: _visitor_facts(p, rows) for p in _existing(registration, rows)},
        newest=_newest(rows),
    )


def _run(registration: Registration, day: date, by: Actor, at: datetime) -> Rows:
    documents = [p.document_id for p in registration.parties if p.document_id]
    shape = query.Shape(
        people=len(registration.parties),
        documents=len(documents),
        session=registration.session_id is not None,
        seat=registration.seat_id is not None,
        allowance=registration.kind in USES_ALLOWANCE,
        replaces=registration.replaces is not None,
        nights=registration.kind == "long",
    )
    values = _parameters(registration, day, by, at)
    for n, document_id in enumerate(documents):
        values[f"document{n}"] = document_id
    rows: Rows = defaultdict(list)
    for row in query.statement(shape, connection.vendor)(values):
        rows[row[0]].append(row[1:])
    return rows


def _parameters(
    registration: Registration, day: date, by: Actor, at: datetime
) -> dict[str, Any]:
    days = _days(day, timezone.get_current_timezone())
    values = days | {
        "request": registration.request_id,
        "prisoner": registration.prisoner_id,
        "institution": by.institution_id,
        "window": min(at, days["day_starts"]) - LONGEST,
        "kind": registration.kind,
        "session": registration.session_id,
        "seat": registration.seat_id,
        "replaces": registration.replaces,
    }
    for n, party in enumerate(registration.parties):
        values[f"person{n}"] = party.person_id
    return values


@lru_cache(maxsize=64)
def _days(day: date, zone: tzinfo) -> dict[str, Any]:
    """Return the parameters that follow from the day."""
    starts = timezone.make_aware(datetime.combine(day, time()), zone)
    periods_of = {
        length: periods.period_of(day, length=length).starts_on
        for length in periods.LENGTHS
    }
    ends = starts + timedelta(days=1)
    return {"day": day, "day_starts": starts, "day_ends": ends, **periods_of}


def _exists(registration: Registration, rows: Rows, by: Actor) -> bool:
    """Whether the prisoner exists for the actor: held in sight, or booked from here."""
    if not rows["prisoner"]:
        return False
    held_at = UUID(rows["prisoner"][0][0])
    return held_at in by.sees or registration.replaces is not None


def _existing(registration: Registration, rows: Rows) -> list[Party]:
    found = {r[0] for r in rows["person"]}
    return [p for p in registration.parties if _text(p.person_id) in found]


def _newest(rows: Rows) -> Link:
    if not rows["newest"]:
        return START
    seq, digest, *_rest = rows["newest"][0]
    return Link(int(seq), bytes.fromhex(digest))


def _visit_facts(
    registration: Registration, day: date, rows: Rows, by: Actor
) -> VisitFacts:
    institution, status, legal_status, *_rest = rows["prisoner"][0]
    parts = [p.part for p in registration.parties]
    return VisitFacts(
        kind=registration.kind,
        day=day,
        held=status == "held",
        here=UUID(institution) == by.institution_id,
        legal_status=legal_status or "",
        people=len(parts),
        children=parts.count("child"),
        closed=registration.closed,
        slot=_slot(registration, rows),
        allowance=_allowance(day, rows),
        restrictions=tuple(_restriction(r) for r in rows["restriction_all"]),
        separations=tuple((r[0] or "", _day(r[1])) for r in rows["separation"]),
        keep_apart=_keep_apart(rows),
        block_fits=_block_fits(rows),
    )


def _block_fits(rows: Rows) -> bool:
    """Whether the session's template takes prisoners of this block."""
    if not rows["block"]:
        return True
    included, _listed, own, *_rest = rows["block"][0]
    named = own in {row[1] for row in rows["block"]}
    return named if included == "1" else not named


def _keep_apart(rows: Rows) -> frozenset[str]:
    hit = {"session" for level, same, *_ in rows["keep"] if same == "1"}
    hit |= {"day" for level, *_ in rows["keep"] if level == "day"}
    return frozenset(hit)


def _slot(registration: Registration, rows: Rows) -> SlotFact | None:
    if not rows["slot"]:
        return None
    starts, ends, *numbers = rows["slot"][0]
    opened, closed, cancelled, *_rest = (int(n or 0) for n in numbers)
    taken, closed_taken = (int(n or 0) for n in rows["taken"][0][:2])
    seat_id, label, people, *_rest = (rows["seat"] or [(None, "", 0)])[0]
    return SlotFact(
        starts_at=_moment(starts),
        ends_at=_moment(ends),
        open_places=opened,
        closed_places=closed,
        open_taken=taken - closed_taken,
        closed_taken=closed_taken,
        cancelled=bool(cancelled),
        seat_id=UUID(seat_id) if seat_id else None,
        seat_label=label or "",
        seat_people=int(people or 0),
        seats=0 if seat_id else _seats(registration),
    )


def _seats(registration: Registration) -> int:
    return int(query.SEATS({"session": registration.session_id})[0][0])


def _allowance(day: date, rows: Rows) -> AllowanceFact | None:
    if not rows["quota"]:
        return None
    quota_id, amount, length, code, verified_on, basis, *_rest = rows["quota"][0]
    period = periods.period_of(day, length=length or "year")
    lines = [r for r in rows["ledger"] if _day(r[0]) == period.starts_on]
    most = int(amount) if amount is not None else None
    allocated = sum(int(r[2] or 0) for r in lines if r[1] in ALLOCATING)
    due = most - allocated if most is not None else 0
    return AllowanceFact(
        quota_id=UUID(quota_id),
        amount=most,
        left=sum(int(r[2] or 0) for r in lines) + due,
        due=due,
        granted=any(r[1] == Reason.GRANT for r in lines),
        period=period,
        rule=Rule(code or "", verified_on is not None, basis or ""),
    )


def _visitor_facts(party: Party, rows: Rows) -> VisitorFacts:
    person, document_id = _text(party.person_id), _text(party.document_id)
    born = _first(rows["person"], person)
    contact, permit = _first(rows["contact"], person), _first(rows["permit"], person)
    earlier = _first(rows["earlier"], person)
    document = _first(rows["document"], document_id)
    if document and document[1] != person:
        document = None
    return VisitorFacts(
        person_id=party.person_id,
        part=party.part,
        birth_on=_day(born[1]) if born else None,
        earlier_visits=int(earlier[1]) if earlier else 0,
        document_kind=document[2] if document else "",
        document_expires_on=_day(document[3]) if document else None,
        paper=party.paper,
        conditions=party.conditions,
        contact_status=contact[1] if contact else "",
        kinship=contact[2] if contact else "",
        permit_left=int(permit[1]) - int(permit[2]) if permit else None,
        inside=_first(rows["inside"], person) is not None,
        registered_today=_first(rows["today"], person) is not None,
        restrictions=tuple(
            _restriction(r) for r in rows["restriction"] if r[5] == person
        ),
    )


def _text(key: UUID | None) -> str:
    """Return a key as the statement's columns show it."""
    return str(db.key(key))


def _first(rows: list[tuple[Any, ...]], key: str) -> tuple[Any, ...] | None:
    return next((row for row in rows if row[0] == key), None)


def _restriction(row: tuple[Any, ...]) -> RestrictionFact:
    kind, level, until, order, authority, *_rest = row
    return RestrictionFact(kind, level, _day(until), order, authority)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime:
    moment = datetime.fromisoformat(text or "")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
