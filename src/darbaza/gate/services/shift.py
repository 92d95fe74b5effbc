"""Lists that count people, and the report of a shift; each is on record."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import selectors as record
from darbaza.audit import services as audit
from darbaza.gate import events, selectors
from darbaza.gate.types import Evacuation, Shift
from darbaza.kernel.errors import Invalid


@requires(Permission.GATE_BOARD)
@transaction.atomic
def list_evacuation(*, by: Actor, at: datetime) -> Evacuation:
    """Return everybody who must leave, by room, and record that the list was taken."""
    found = selectors.evacuation(by=by, at=at)
    audit.record(
        events.EVACUATION_LISTED, target=None, by=by, at=at,
        visitors=found.visitors, prisoners=found.prisoners, others=found.passages,
    )  # fmt: skip
    return found


@requires(Permission.SHIFT_REPORT)
@transaction.atomic
def note_exported(name: str, kind: str, rows: int, *, by: Actor, at: datetime) -> None:
    """Put on record that a list of the gate was taken as a file."""
    audit.record(
        events.EXPORTED, target=None, by=by, at=at, name=name, format=kind, rows=rows
    )


@requires(Permission.SHIFT_REPORT)
@transaction.atomic
def report_shift(first: datetime, last: datetime, *, by: Actor, at: datetime) -> Shift:
    """Return the figures of a shift with the head of the chain, the report included.

    Raises:
        Invalid: The shift ends before it begins.
    """
    if last <= first:
        raise Invalid("end_not_after_start", field="last")
    audit.lock(by.institution_id)
    found = selectors.shift(first, last, by=by)
    audit.record(
        events.SHIFT_REPORTED, target=None, by=by, at=at,
        first=first, last=last, steps=dict(found.steps),
    )  # fmt: skip
    return replace(found, head=record.head(by.institution_id))
