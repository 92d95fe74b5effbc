"""Change regime, conditions, legal status; place in a cell; correct."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import cells, events, policies
from darbaza.custody.models import Change, Prisoner
from darbaza.custody.services import admission, steps
from darbaza.custody.types import Order
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.sites import selectors as sites

CORRECTABLE = frozenset(
    {
        "number",
        "legal_status",
        "regime",
        "conditions",
        "identity_confirmed",
        "admitted_on",
        "term_ends_on",
        "released_on",
        "demanded_by",
    }
)


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def change_regime(
    prisoner_id: UUID, regime: str, order: Order, *, by: Actor, at: datetime
) -> Prisoner:
    """Put a prisoner under another regime.

    Raises:
        NotFound, Conflict, Invalid: As for every step (``steps.held``).
        Conflict: That is the regime already.
    """
    step = Change.Step.REGIME_CHANGED
    return _set(prisoner_id, step, {"regime": regime}, order, by=by, at=at)


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def change_conditions(
    prisoner_id: UUID, conditions: str, order: Order, *, by: Actor, at: datetime
) -> Prisoner:
    """Put a prisoner under ordinary, eased or strict conditions.

    Raises:
        NotFound, Conflict, Invalid: As for ``change_regime``.
    """
    step = Change.Step.CONDITIONS_CHANGED
    return _set(prisoner_id, step, {"conditions": conditions}, order, by=by, at=at)


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def change_legal_status(
    prisoner_id: UUID,
    legal_status: str,
    order: Order,
    *,
    term_ends_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Prisoner:
    """Note how the criminal case stands now, with the end of the term where set.

    Raises:
        NotFound, Conflict, Invalid: As for ``change_regime``.
    """
    values: dict[str, Any] = {"legal_status": legal_status}
    if term_ends_on:
        values["term_ends_on"] = term_ends_on
    step = Change.Step.LEGAL_STATUS_CHANGED
    return _set(prisoner_id, step, values, order, by=by, at=at)


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def place(
    prisoner_id: UUID, cell_id: UUID, order: Order, *, by: Actor, at: datetime
) -> Decision:
    """Place a prisoner in a cell; warnings never refuse, but they are on record.

    Raises:
        NotFound: No such file or cell here.
        Conflict, Invalid: As for every step (``steps.held``).
    """
    if steps.done(order):
        return Decision()
    prisoner = steps.held(prisoner_id, order, by=by, at=at)
    block_id, _ = admission.whereabouts(None, cell_id, by=by)
    cell = sites.cell(cell_id, by=by)
    facts = cells.placement(prisoner, cell, on=timezone.localdate(at))
    decision = policies.place_warnings(facts)
    values = {"block_id": block_id, "cell_id": cell_id}
    steps.change(prisoner, values, Change.Step.PLACED, order, by=by, at=at)
    if decision.grounds:
        codes = {"codes": decision.codes, "cell_id": cell_id}
        event = events.PLACEMENT_WARNED
        audit.record(event, target=prisoner, by=by, at=at, **codes)
    return decision


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def correct(
    prisoner_id: UUID,
    values: dict[str, Any],
    order: Order,
    *,
    by: Actor,
    at: datetime,
) -> Prisoner:
    """Put right what was entered wrongly; ``order.reason`` says why.

    Args:
        prisoner_id: Whose file, open or closed.
        values: Field to right value; only ``CORRECTABLE`` fields.
        order: Reason and day; the number may be empty.
        by: Who corrects.
        at: When.

    Raises:
        NotFound: No such file here.
        Invalid: No reason, or a field that a correction may not touch.
        Conflict: The values cannot stand beside the rest of the file.
    """
    known = steps.done(order)
    if known:
        return known.prisoner
    if not order.reason.strip():
        raise Invalid("say_why", field="reason")
    if not values.keys() <= CORRECTABLE:
        raise Invalid("not_correctable", field=min(values.keys() - CORRECTABLE))
    prisoner = steps.own(prisoner_id, by=by)
    if "released_on" in values and prisoner.status != Prisoner.Status.RELEASED:
        raise Invalid("not_correctable", field="released_on")
    new = {k: v for k, v in values.items() if getattr(prisoner, k) != v}
    if not new:
        return prisoner
    try:
        with transaction.atomic():
            step = Change.Step.CORRECTED
            steps.change(prisoner, new, step, order, by=by, at=at)
    except IntegrityError:
        raise Conflict("correction_does_not_fit") from None
    return prisoner


def _set(
    prisoner_id: UUID,
    step: str,
    values: dict[str, Any],
    order: Order,
    *,
    by: Actor,
    at: datetime,
) -> Prisoner:
    known = steps.done(order)
    if known:
        return known.prisoner
    prisoner = steps.held(prisoner_id, order, by=by, at=at)
    if all(getattr(prisoner, name) == value for name, value in values.items()):
        raise Conflict("nothing_changes")
    steps.change(prisoner, values, step, order, by=by, at=at)
    return prisoner
