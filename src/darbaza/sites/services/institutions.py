"""Open, change and close an institution. Its own chain records what happens to it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.audit.types import EventType
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.kernel.ids import NOWHERE
from darbaza.sites import events
from darbaza.sites.models import Institution
from darbaza.sites.types import InstitutionDraft

LANGUAGES = ("ky", "ru", "en")


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def create_institution(
    draft: InstitutionDraft, *, by: Actor, at: datetime
) -> Institution:
    """Open an institution. The same draft again returns the institution it made.

    Only headquarters may, and the system before there is any (``darbaza init``).

    Raises:
        Forbidden: The actor does not act at headquarters.
        Invalid: A name or the number is empty, or a figure is out of range.
        Conflict: ``institution_code_taken``: another one has that number.
    """
    if not _at_headquarters(by):
        raise Forbidden(permission=Permission.SITE_MANAGE.value)
    fields = _fields(draft)
    known = Institution.objects.filter(code=fields["code"]).first()
    if known:
        if _differences(known, fields):
            raise Conflict("institution_code_taken", number=draft.code)
        return known
    row = Institution(**fields)
    row.save(force_insert=True)
    _record(events.INSTITUTION_OPENED, row, by, at, code=row.code, kind=row.kind)
    return row


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def change_institution(
    institution_id: UUID, draft: InstitutionDraft, *, by: Actor, at: datetime
) -> Institution:
    """Change names and choices; the record keeps every old and new value.

    Raises:
        NotFound: No such institution for this actor to change.
        Invalid: A name or the number is empty, or a figure is out of range.
        Conflict: ``institution_code_taken``.
    """
    row, fields = _mine(institution_id, by), _fields(draft)
    others = Institution.objects.exclude(pk=row.pk)
    if others.filter(code=fields["code"]).exists():
        raise Conflict("institution_code_taken", number=draft.code)
    changes = _differences(row, fields)
    if changes:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        _record(events.INSTITUTION_CHANGED, row, by, at, changes=changes)
    return row


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def close_institution(
    institution_id: UUID, *, on: date, by: Actor, at: datetime
) -> Institution:
    """Close an institution from a day; its rows and its record stay.

    Raises:
        NotFound: No such institution for this actor to change.
        Conflict: ``institution_closed``: it is closed from another day.
    """
    row = _mine(institution_id, by)
    if row.closed_on == on:
        return row
    if row.closed_on is not None:
        raise Conflict("institution_closed", closed_on=row.closed_on)
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    _record(events.INSTITUTION_CLOSED, row, by, at, closed_on=on)
    return row


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def reopen_institution(institution_id: UUID, *, by: Actor, at: datetime) -> Institution:
    """Open a closed institution again.

    Raises:
        NotFound: No such institution for this actor to change.
    """
    row = _mine(institution_id, by)
    if row.closed_on is not None:
        was, row.closed_on = row.closed_on, None
        row.save(update_fields=["closed_on"])
        _record(events.INSTITUTION_REOPENED, row, by, at, was_closed_on=was)
    return row


def _at_headquarters(by: Actor) -> bool:
    if by.institution_id == NOWHERE:
        return True
    here = Institution.objects.filter(pk=by.institution_id)
    return here.filter(kind=Institution.Kind.HEADQUARTERS).exists()


def _mine(institution_id: UUID, by: Actor) -> Institution:
    """Return the locked row, if it is where the actor acts, or they act above it."""
    rows = Institution.objects.select_for_update(no_key=True).filter(pk=institution_id)
    if institution_id != by.institution_id and not _at_headquarters(by):
        rows = rows.none()
    elif by.institution_id != NOWHERE:
        rows = rows.filter(pk__in=by.sees)
    row = rows.first()
    if row is None:
        raise NotFound
    return row


def _fields(draft: InstitutionDraft) -> dict[str, Any]:
    fields = {**asdict(draft), **draft.names.as_fields()}
    del fields["names"]
    fields = {k: v.strip() if isinstance(v, str) else v for k, v in fields.items()}
    for name in ("code", "name_ky", "name_ru", "name_en"):
        if not fields[name]:
            raise Invalid("value_missing", field=name)
    if fields["kind"] not in Institution.Kind.values:
        raise Invalid("value_unknown", field="kind")
    if fields["paper_language"] not in LANGUAGES:
        raise Invalid("value_unknown", field="paper_language")
    if not 1 <= fields["shared_minutes"] <= 480:
        raise Invalid("value_out_of_range", field="shared_minutes")
    if not 0 <= fields["entrance_capacity"] <= 10_000:
        raise Invalid("value_out_of_range", field="entrance_capacity")
    return fields


def _differences(row: Institution, fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [getattr(row, name), value]
        for name, value in fields.items()
        if getattr(row, name) != value
    }


def _record(
    event: EventType, row: Institution, by: Actor, at: datetime, **facts: Any
) -> None:
    there = _There(by.id, by.name, row.pk)
    audit.record(event, target=row, by=there, at=at, **facts)
    accounts.forget_places()


@dataclass(frozen=True, slots=True)
class _There:
    """The actor, writing into the chain of the institution that is concerned."""

    id: UUID
    name: str
    institution_id: UUID
