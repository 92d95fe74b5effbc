"""Belongings left at the entrance: taken under a tag, given back against it."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.gate import events, policies
from darbaza.gate.models import Belonging, Deposit, Locker
from darbaza.gate.types import DepositDraft
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.visits import selectors as visits


@requires(Permission.GATE_SET_UP)
@transaction.atomic
def add_lockers(text: str, *, by: Actor, at: datetime) -> int:
    """Set up lockers, many at once ("1-60, A7"); return how many were new.

    A label that is there already stays as it is, so the same text again adds nothing.

    Raises:
        Invalid: The text names no lockers, or more than 300.
    """
    labels = policies.locker_labels(text)
    if not labels:
        raise Invalid("locker_labels", field="labels", most=policies.LOCKERS_AT_ONCE)
    audit.lock(by.institution_id)
    here = Locker.objects.filter(institution_id=by.institution_id, closed_on=None)
    there = set(here.values_list("label", flat=True))
    fresh = [label for label in labels if label not in there]
    Locker.objects.bulk_create(
        Locker(institution_id=by.institution_id, label=label) for label in fresh
    )
    if fresh:
        audit.record(
            events.LOCKERS_ADDED, target=None, by=by, at=at,
            first=fresh[0], last=fresh[-1], count=len(fresh),
        )  # fmt: skip
    return len(fresh)


@requires(Permission.GATE_SET_UP)
@transaction.atomic
def close_locker(locker_id: UUID, *, on: date, by: Actor, at: datetime) -> Locker:
    """Take a locker out of use; what lies in it must be given back first.

    Raises:
        NotFound: No such locker here.
        Conflict: ``locker_in_use``.
    """
    audit.lock(by.institution_id)
    locker = _locker(locker_id, by)
    if locker.closed_on is None:
        _must_be_empty(locker)
        locker.closed_on = on
        locker.save(update_fields=["closed_on"])
        audit.record(events.LOCKER_CLOSED, target=locker, by=by, at=at, closed_on=on)
    return locker


@requires(Permission.GATE_BELONGINGS)
@transaction.atomic
def take(draft: DepositDraft, *, request_id: UUID, by: Actor, at: datetime) -> Deposit:
    """Take belongings into keeping; the same request again gives the same deposit.

    Raises:
        NotFound: No such visitor or locker here.
        Invalid: Nothing is left, or more than a locker holds.
        Conflict: The locker or the tag is in use.
    """
    audit.lock(by.institution_id)
    known = Deposit.objects.filter(request_id=request_id).first()
    if known is not None:
        return _mine(known, by)
    _must_be_possible(draft)
    visitor = _visitor(draft.visitor_id, by)
    locker = _locker(draft.locker_id, by) if draft.locker_id else None
    if locker is not None:
        _must_be_open(locker)
        _must_be_empty(locker)
    row = Deposit.objects.create(
        institution_id=by.institution_id,
        visitor=visitor,
        name=_whose(visitor, draft),
        document=draft.document,
        locker=locker,
        tag=_tag(draft.tag, by),
        taken_at=at,
        taken_by=by.name,
        request_id=request_id,
    )
    _lay_in(row, draft)
    audit.record(
        events.DEPOSIT_TAKEN, target=row, by=by, at=at,
        visitor=draft.visitor_id, locker=locker.label if locker else "",
        kinds=[item.kind for item in draft.items],
    )  # fmt: skip
    return row


@requires(Permission.GATE_BELONGINGS)
@transaction.atomic
def give_back(
    deposit_id: UUID,
    *,
    request_id: UUID,
    to: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Deposit:
    """Give a deposit back against its tag, or without the tag for a reason.

    Args:
        deposit_id: The deposit, as the tag or a search found it.
        request_id: The same again is one return.
        to: Who received it, where that is somebody else.
        reason: Why without the tag; the officer compared a document. Empty with it.
        by: The officer.
        at: Now.

    Raises:
        NotFound: No such deposit here.
        Invalid: The reason says nothing.
        Conflict: ``deposit_returned``: it was given back before.
    """
    audit.lock(by.institution_id)
    rows = Deposit.objects.filter(pk=deposit_id, institution_id=by.institution_id)
    row = rows.first()
    if row is None:
        raise NotFound("deposit")
    if row.returned_at is not None:
        if row.returned_request == request_id:
            return row
        raise Conflict("deposit_returned", at=row.returned_at, by=row.returned_by)
    if reason and not policies.explained(reason):
        raise Invalid("deposit_reason_missing", field="reason")
    row.returned_at, row.returned_by, row.returned_request = at, by.name, request_id
    row.returned_to, row.return_reason = to or row.name, reason.strip()[:300]
    row.tag_lost = bool(reason)
    row.save()
    audit.record(
        events.DEPOSIT_RETURNED, target=row, by=by, at=at,
        visitor=row.visitor_id, tag_lost=row.tag_lost,
    )  # fmt: skip
    return row


@requires(Permission.GATE_ADMIT)
def note_left_behind(visitor_id: UUID, *, by: Actor, at: datetime) -> None:
    """Record that a visitor left while something of theirs is held; nothing stops."""
    held = Deposit.objects.filter(visitor_id=visitor_id, returned_at=None)
    for row in held:
        audit.record(
            events.LEFT_WITH_DEPOSIT, target=row, by=by, at=at, visitor=visitor_id
        )


def _must_be_possible(draft: DepositDraft) -> None:
    wrong = policies.deposit(draft).blocking
    if wrong:
        raise Invalid(wrong[0].code, **wrong[0].figures)
    if draft.visitor_id is None and not (draft.name and draft.document):
        raise Invalid("deposit_of_whom", field="name")


def _visitor(visitor_id: UUID | None, by: Actor) -> Any:
    if visitor_id is None:
        return None
    visitor = visits.visitor(visitor_id, by=by)
    if visitor.institution_id != by.institution_id:
        raise NotFound("visitor")
    return visitor


def _whose(visitor: Any, draft: DepositDraft) -> str:
    return str(visitor.person.name if visitor else draft.name)[:160]


def _locker(locker_id: UUID, by: Actor) -> Locker:
    rows = Locker.objects.filter(pk=locker_id, institution_id=by.institution_id)
    locker = rows.first()
    if locker is None:
        raise NotFound("locker")
    return locker


def _must_be_open(locker: Locker) -> None:
    today = timezone.localdate()
    if locker.closed_on is not None and locker.closed_on <= today:
        raise Conflict("locker_closed", field="locker", label=locker.label)


def _must_be_empty(locker: Locker) -> None:
    held = Deposit.objects.filter(locker=locker, returned_at=None).first()
    if held is not None:
        raise Conflict(
            "locker_in_use", field="locker", label=locker.label, name=held.name,
            since=held.taken_at,
        )  # fmt: skip


def _tag(wanted: str, by: Actor) -> str:
    """Return the tag of a token, or six figures: they scan under every layout."""
    held = Deposit.objects.filter(institution_id=by.institution_id, returned_at=None)
    if wanted:
        other = held.filter(tag=wanted).first()
        if other is not None:
            raise Conflict(
                "tag_in_use", field="tag", tag=wanted, name=other.name,
                since=other.taken_at,
            )  # fmt: skip
        return wanted
    used = set(held.values_list("tag", flat=True))
    return next(tag for tag in _numbers() if tag not in used)


def _numbers() -> Iterable[str]:
    while True:
        yield f"{secrets.randbelow(900_000) + 100_000}"


def _lay_in(row: Deposit, draft: DepositDraft) -> None:
    Belonging.objects.bulk_create(
        Belonging(
            institution_id=row.institution_id,
            deposit=row,
            kind=item.kind,
            words=item.words[:120],
            count=item.count,
        )
        for item in draft.items
    )


def _mine(row: Deposit, by: Actor) -> Deposit:
    if row.institution_id != by.institution_id:
        raise NotFound("deposit")
    return row
