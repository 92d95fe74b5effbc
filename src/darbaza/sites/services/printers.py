"""Printers: added, changed, asked, closed; never deleted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.sites import events, policies, printing
from darbaza.sites.models import OF_PAPER, Post, Printer
from darbaza.sites.models.printers import SIZES
from darbaza.sites.types import Fault, PrinterDraft

LIMITS = {"port": (1, 65_535), "dots": (64, 4_096), "dpi": (100, 720)}


@requires(Permission.DEVICE_MANAGE)
@transaction.atomic
def add_printer(draft: PrinterDraft, *, by: Actor, at: datetime) -> Printer:
    """Add a printer where the actor acts. The same again gives the first.

    Raises:
        NotFound: No such post here.
        Invalid: A name is empty, a figure out of range, or
            ``printer_address_impossible``.
        Conflict: ``printer_name_taken``.
    """
    fields = _fields(draft, by)
    known = _namesakes(fields["name_ky"], by).first()
    if known is not None:
        if _differences(known, fields):
            raise Conflict("printer_name_taken", printer=known.name)
        return known
    row = Printer(institution_id=by.institution_id, **fields)
    row.save(force_insert=True)
    facts = {"kind": row.kind, "address": row.address, "port": row.port}
    audit.record(events.PRINTER_ADDED, target=row, by=by, at=at, **facts)
    return row


@requires(Permission.DEVICE_MANAGE)
@transaction.atomic
def change_printer(
    printer_id: UUID, draft: PrinterDraft, *, by: Actor, at: datetime
) -> Printer:
    """Change a printer; what waits for it goes to its new address. Errors as adding."""
    row, fields = _mine(printer_id, by), _fields(draft, by)
    changes = _differences(row, fields)
    if changes:
        if _namesakes(fields["name_ky"], by).exclude(pk=row.pk).exists():
            raise Conflict("printer_name_taken", printer=draft.names.ky)
        for name, value in fields.items():
            setattr(row, name, value)
        # What was heard of the printer at its old address says nothing any more.
        row.fault, row.asked_at = "", None
        row.save()
        audit.record(events.PRINTER_CHANGED, target=row, by=by, at=at, changes=changes)
    return row


@requires(Permission.DEVICE_MANAGE)
@transaction.atomic
def close_printer(
    printer_id: UUID, *, on: date, by: Actor, at: datetime
) -> Printer:  # fmt: skip
    """Close a printer from a day: nothing goes there any more. Again: no change.

    What waits for it can be sent elsewhere.

    Raises:
        NotFound: No such printer where the actor acts.
    """
    row = _mine(printer_id, by)
    if row.closed_on is None:
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        audit.record(events.PRINTER_CLOSED, target=row, by=by, at=at, closed_on=on)
    return row


@requires(Permission.DEVICE_MANAGE)
@transaction.atomic
def reopen_printer(printer_id: UUID, *, by: Actor, at: datetime) -> Printer:
    """Open a closed printer again.

    Raises:
        NotFound: No such printer where the actor acts.
        Conflict: ``printer_name_taken``: another one has its name now.
    """
    row = _mine(printer_id, by)
    if row.closed_on is not None:
        if _namesakes(row.name_ky, by).exclude(pk=row.pk).exists():
            raise Conflict("printer_name_taken", printer=row.name)
        was, row.closed_on = row.closed_on, None
        row.save(update_fields=["closed_on"])
        audit.record(
            events.PRINTER_REOPENED, target=row, by=by, at=at, was_closed_on=was
        )
    return row


@requires(Permission.PRINT_SEE)
def ask_printer(printer_id: UUID, *, by: Actor, at: datetime) -> Fault | None:
    """Ask a printer how it is, and keep its answer; None means that it would print.

    Asked outside any transaction: it may take seconds to say nothing.

    Raises:
        NotFound: No such printer where the actor acts.
    """
    rows = Printer.objects.filter(pk=printer_id, institution_id=by.institution_id)
    row = rows.first()
    if row is None:
        raise NotFound
    fault = printing.ask(row.target)
    with transaction.atomic(durable=True):
        rows.update(fault=fault.value if fault else "", asked_at=at)
    return fault


def _fields(draft: PrinterDraft, by: Actor) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: _name(value, name) for name, value in draft.names.as_fields().items()
    }
    if draft.kind not in Printer.Kind.values:
        raise Invalid("value_unknown", field="kind")
    if draft.sheet not in dict(SIZES):
        raise Invalid("value_unknown", field="sheet")
    for name, (least, most) in LIMITS.items():
        fields[name] = getattr(draft, name)
        if not least <= fields[name] <= most:
            raise Invalid("value_out_of_range", field=name)
    address = draft.address.strip()
    connection = policies.connection(draft.kind, address)
    if not connection:
        raise Invalid("printer_address_impossible", field="address")
    if draft.post_id is not None:
        _must_be_here(draft.post_id, by)
    fields |= {column: paper in draft.papers for paper, column in OF_PAPER.items()}
    return fields | {
        "kind": draft.kind, "connection": connection, "address": address,
        "sheet": draft.sheet, "post_id": draft.post_id,
    }  # fmt: skip


def _must_be_here(post_id: UUID, by: Actor) -> None:
    here = Post.objects.filter(institution_id=by.institution_id, closed_on=None)
    if not here.filter(pk=post_id).exists():
        raise NotFound


def _name(value: str, field: str) -> str:
    value = " ".join(value.split())
    if not value:
        raise Invalid("value_missing", field=field)
    if len(value) > 160:
        raise Invalid("value_too_long", field=field)
    return value


def _namesakes(name_ky: str, by: Actor) -> QuerySet[Printer]:
    here = Printer.objects.filter(institution_id=by.institution_id, closed_on=None)
    return here.filter(name_ky=name_ky)


def _mine(printer_id: UUID, by: Actor) -> Printer:
    rows = Printer.objects.select_for_update(no_key=True)
    row = rows.filter(pk=printer_id, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    return row


def _differences(row: Printer, fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [getattr(row, name), value]
        for name, value in fields.items()
        if getattr(row, name) != value
    }
