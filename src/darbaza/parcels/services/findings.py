"""Something that may not be passed: two officers, a sealed bag, a protocol.

What was found leaves the bag in which it lay for a bag of its own, so that every piece
is in exactly one; what the officers knew of earlier attempts is kept as it was then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.parcels import events
from darbaza.parcels.chain import SEALED, Where
from darbaza.parcels.models import Bag, Finding, Search
from darbaza.parcels.selectors import attempts
from darbaza.parcels.services import bags, pictures, writing
from darbaza.parcels.services.bags import Move
from darbaza.parcels.services.inspecting import witness
from darbaza.parcels.services.pictures import Clean, Upload

FOUND_IN = frozenset({Where.COUNTER, Where.INSPECTION, Where.STORE, Where.HELD})


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What was found, where it is kept, and under which protocol."""

    category: str
    offence: str
    description: str
    protocol: str
    seal: str
    place: str
    hidden_in: str = ""
    explanation: str = ""
    pieces: Mapping[int, int] = field(default_factory=dict)
    """How many of each line were taken out; empty: it stood on no line."""
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """At whom and for whom it was found, and who answers for it."""

    second: str
    made: Clean | None
    request_id: UUID
    person_id: UUID | None = None
    person_name: str = ""
    prisoner_id: UUID | None = None
    sending_id: UUID | None = None
    search_id: UUID | None = None


@requires(Permission.PARCEL_INSPECT)
def find_in_bag(
    bag_id: UUID,
    draft: FindingDraft,
    *,
    second: Actor,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Finding:
    """Record what was found in a bag and seize it; the request id makes it one.

    Args:
        bag_id: Where it was found; kept goods are seized with their bag.
        draft: What was found.
        second: The second officer, who gave name and password.
        request_id: Makes it happen once.
        by: Who found it.
        at: Now.

    Raises:
        NotFound: No such bag in the actor's institution.
        Invalid: Something is missing, or the second officer is the first.
        Forbidden: The second officer may not confirm it.
        Conflict: The bag has left the house or is evidence already.
    """
    case = _Case(witness(second, by=by), _checked(draft), request_id)
    with transaction.atomic():
        bag = bags.locked(bag_id, by=by)
        if done := _done(request_id, by):
            return done
        if Where(bag.where) not in FOUND_IN:
            raise Conflict("bag_is_no_longer_here")
        kept = _evidence(bag, draft.pieces, by=by, at=at)
        return _seize(kept, draft, _of_sending(case, bag), by=by, at=at)


@requires(Permission.PARCEL_INSPECT)
def find_on_person(
    search_id: UUID,
    draft: FindingDraft,
    *,
    second: Actor,
    request_id: UUID,
    by: Actor,
    at: datetime,
) -> Finding:
    """Record what a search found, in a bag of its own; the request id makes it one.

    Raises:
        NotFound: No such search in the actor's institution.
        Conflict: The search found nothing, or there was no consent.
        Invalid: As ``find_in_bag``.
        Forbidden: As ``find_in_bag``.
    """
    case = _Case(witness(second, by=by), _checked(draft), request_id)
    with transaction.atomic():
        audit.lock(by.institution_id)
        if done := _done(request_id, by):
            return done
        rows = Search.objects.filter(pk=search_id, institution_id=by.institution_id)
        row = rows.select_related("person").first()
        if row is None:
            raise NotFound("search")
        if row.result != Search.Result.FOUND:
            raise Conflict("search_found_nothing")
        giver = row.person.name
        key = writing.bag(None, "kept", giver=giver, perishable=False, by=by, at=at)
        case = replace(case, person_id=row.person_id, person_name=giver)
        case = replace(case, search_id=row.pk)
        return _seize(Bag.objects.get(pk=key), draft, case, by=by, at=at)


def _done(request_id: UUID, by: Actor) -> Finding | None:
    here = Finding.objects.filter(institution_id=by.institution_id)
    return here.filter(request_id=request_id).first()


def _checked(draft: FindingDraft) -> Clean | None:
    for name in ("category", "description", "protocol", "seal", "place"):
        if not getattr(draft, name).strip():
            raise Invalid("finding_incomplete", field=name)
    if draft.offence not in Finding.Offence.values:
        raise Invalid("value_unknown", field="offence")
    return pictures.clean(draft.upload) if draft.upload else None


def _of_sending(case: _Case, bag: Bag) -> _Case:
    sending = bag.sending
    if sending is None:
        return case
    return replace(
        case,
        person_id=sending.sender_id,
        person_name=sending.sent_by,
        prisoner_id=sending.prisoner_id,
        sending_id=sending.pk,
    )


def _evidence(bag: Bag, pieces: Mapping[int, int], *, by: Actor, at: datetime) -> Bag:
    """Return the bag that is seized: this one where all of it is, else a new one."""
    every = {line.position: line.quantity for line in bag.lines.all()}
    kept = bag.part == Bag.Part.KEPT and not pieces
    if kept or (every and every == dict(pieces)):
        return bag
    if Where(bag.where) in SEALED:
        raise Conflict("sealed_bag_is_seized_whole")
    if pieces:
        return bags.split(bag.pk, pieces, Bag.Part.KEPT, by=by, at=at)
    key = writing.bag(
        bag.sending_id, Bag.Part.KEPT, giver=bag.holder, perishable=False, by=by, at=at
    )
    return Bag.objects.get(pk=key)


def _seize(
    bag: Bag, draft: FindingDraft, case: _Case, *, by: Actor, at: datetime
) -> Finding:
    protocol = draft.protocol.strip()[:40]
    taken = Finding.objects.filter(institution_id=by.institution_id, protocol=protocol)
    if taken.exists():
        raise Invalid("protocol_taken", field="protocol", protocol=protocol)
    if bag.where == Where.COUNTER:
        there = Move(Where.INSPECTION)
        bags.step(bag, there, request_id=ids.new_id(), by=by, at=at)
    seized = Move(
        Where.SEIZED, witness=case.second, seal=draft.seal, place=draft.place,
        order=protocol,
    )  # fmt: skip
    bags.step(bag, seized, request_id=ids.new_id(), by=by, at=at)
    row = _write(bag, draft, case, by=by, at=at)
    if case.made is not None:
        pictures.keep(bag, case.made, by=by, at=at)
    return row


def _write(
    bag: Bag, draft: FindingDraft, case: _Case, *, by: Actor, at: datetime
) -> Finding:
    written = "" if case.person_id else case.person_name
    known = attempts.earlier_attempts(case.person_id, name=written, by=by)
    row = Finding.objects.create(
        institution_id=by.institution_id, bag=bag, sending_id=case.sending_id,
        search_id=case.search_id, person_id=case.person_id,
        person_name=case.person_name[:200], prisoner_id=case.prisoner_id,
        category=draft.category.strip()[:40], offence=draft.offence,
        description=draft.description.strip()[:500],
        hidden_in=draft.hidden_in.strip()[:300],
        explanation=draft.explanation.strip()[:500],
        protocol=draft.protocol.strip()[:40],
        earlier=[one.as_facts() for one in known], at=at, by_name=by.name,
        second_name=case.second, request_id=case.request_id,
    )  # fmt: skip
    audit.record(
        events.FOUND, target=("finding", str(row.pk)), by=by, at=at,
        bag=str(bag.pk), sending=str(case.sending_id or ""),
        person=str(case.person_id or ""), offence=row.offence, category=row.category,
        protocol=row.protocol, earlier=len(known), second=case.second,
        request=str(case.request_id),
    )  # fmt: skip
    return row


@requires(Permission.OVERRIDE_SHIFT)
@transaction.atomic
def withdraw(finding_id: UUID, *, reason: str, by: Actor, at: datetime) -> Finding:
    """Withdraw a finding that was a mistake: it counts as no attempt any more.

    The row stays, and so does the seal: the bag waits where it is until two officers
    take it out of evidence (``releasing.release``).

    Raises:
        NotFound: No such finding in the actor's institution.
        Invalid: No reason.
        Conflict: It was withdrawn before.
    """
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    row = locked(finding_id, by=by)
    if row.withdrawn_at:
        raise Conflict("finding_withdrawn")
    row.withdrawn_at, row.withdrawn_by = at, by.name
    row.withdrawn_reason = reason.strip()[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    audit.record(
        events.FINDING_WITHDRAWN, target=("finding", str(row.pk)), by=by, at=at,
        protocol=row.protocol,
    )  # fmt: skip
    return row


@requires(Permission.PARCEL_INSPECT)
@transaction.atomic
def note_protocol_printed(finding_id: UUID, *, by: Actor, at: datetime) -> int:
    """Count a print of the protocol; return which copy it is.

    Raises:
        NotFound: No such finding in the actor's institution.
    """
    row = locked(finding_id, by=by)
    row.prints += 1
    row.save(update_fields=["prints"])
    audit.record(
        events.PROTOCOL_PRINTED, target=("finding", str(row.pk)), by=by, at=at,
        prints=row.prints,
    )  # fmt: skip
    return row.prints


def locked(finding_id: UUID, *, by: Actor) -> Finding:
    """Return a finding of the actor's institution, locked until commit.

    Raises:
        NotFound: No such finding there.
    """
    audit.lock(by.institution_id)
    rows = Finding.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=finding_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound("finding")
    return row
