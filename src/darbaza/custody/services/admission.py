"""Admit on an order, hand over to another institution, release."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.custody.models import (
    Change,
    Contact,
    Permit,
    Prisoner,
    Restriction,
    Separation,
)
from darbaza.custody.services import steps
from darbaza.custody.types import Admission, Order
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.persons import selectors as persons
from darbaza.sites import selectors as sites

MOVES_ALONG = (Contact, Permit, Separation, Restriction)
"""What follows a file to its new institution. Steps stay where they were taken."""


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def admit(draft: Admission, order: Order, *, by: Actor, at: datetime) -> Prisoner:
    """Open a file on an order. Somebody released before gets a new file.

    Raises:
        NotFound: No such person, block or cell.
        Invalid: No order or number, or the order's day is in the future.
        Conflict: The person is held already, or the number is taken.
    """
    known = steps.done(order)
    if known:
        return known.prisoner
    steps.needs_number(order)
    steps.check(order, not_before=None, at=at)
    person = persons.person(draft.person_id, by=by)
    number = "".join(draft.number.split()).upper()
    if not number:
        raise Invalid("number_missing", field="number")
    taken = Prisoner.objects.filter(number=number)
    if taken.exclude(status=Prisoner.Status.WITHDRAWN).exists():
        raise Conflict("number_taken", field="number")
    if Prisoner.objects.filter(person=person, status=Prisoner.Status.HELD).exists():
        raise Conflict("held_already", field="person")
    if draft.term_ends_on and draft.term_ends_on < order.in_force_on:
        raise Invalid("term_ends_before_admission", field="term_ends_on")
    block_id, cell_id = whereabouts(draft.block_id, draft.cell_id, by=by)
    prisoner = Prisoner.objects.create(
        institution_id=by.institution_id,
        person=person,
        number=number,
        legal_status=draft.legal_status,
        regime=draft.regime,
        conditions=draft.conditions,
        identity_confirmed=draft.identity_confirmed,
        block_id=block_id,
        cell_id=cell_id,
        admitted_on=order.in_force_on,
        term_ends_on=draft.term_ends_on,
        demanded_by=draft.demanded_by.strip()[:160],
    )
    after = {k: v for k, v in steps.state(prisoner).items() if v not in (None, "")}
    step = Change.Step.ADMITTED
    steps.record(prisoner, step, order, ({}, after), by=by, at=at)
    return prisoner


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def transfer(
    prisoner_id: UUID, institution_id: UUID, order: Order, *, by: Actor, at: datetime
) -> Prisoner:
    """Hand a file over to another institution; block and cell are left open there.

    Contacts, permits, separations and restrictions on the prisoner go along.

    Raises:
        NotFound: No such file here, or no such institution.
        Invalid: No order, the same institution, or a day that cannot be.
        Conflict: The file is closed.
    """
    known = steps.done(order)
    if known:
        return known.prisoner
    steps.needs_number(order)
    prisoner = steps.held(prisoner_id, order, by=by, at=at)
    if institution_id == prisoner.institution_id:
        raise Invalid("transfer_to_same_institution", field="institution")
    if not sites.prisons(by=by).filter(pk=institution_id).exists():
        raise NotFound("institution")
    values = {"institution_id": institution_id, "block_id": None, "cell_id": None}
    step = Change.Step.TRANSFERRED
    steps.change(prisoner, values, step, order, by=by, at=at)
    for model in MOVES_ALONG:
        rows = model._base_manager.filter(prisoner=prisoner)  # noqa: SLF001
        rows.update(institution_id=institution_id)
    return prisoner


@requires(Permission.PRISONER_MANAGE)
@transaction.atomic
def release(prisoner_id: UUID, order: Order, *, by: Actor, at: datetime) -> Prisoner:
    """Close a file on an order; block and cell become free.

    Raises:
        NotFound: No such file here.
        Invalid: No order, or a day in the future or before the admission.
        Conflict: Released already, by another request.
    """
    known = steps.done(order)
    if known:
        return known.prisoner
    steps.needs_number(order)
    prisoner = steps.held(prisoner_id, order, by=by, at=at)
    values = {
        "status": Prisoner.Status.RELEASED,
        "released_on": order.in_force_on,
        "block_id": None,
        "cell_id": None,
    }
    steps.change(prisoner, values, Change.Step.RELEASED, order, by=by, at=at)
    return prisoner


def whereabouts(
    block_id: UUID | None, cell_id: UUID | None, *, by: Actor
) -> tuple[UUID | None, UUID | None]:
    """Return block and cell of the actor's institution; a cell brings its block.

    Raises:
        NotFound: Not here, or closed.
        Invalid: The cell is in another block.
    """
    if cell_id:
        cell = sites.cells(by.institution_id, by=by).filter(pk=cell_id).first()
        if cell is None:
            raise NotFound("cell")
        if block_id not in (None, cell.block_id):
            raise Invalid("cell_of_other_block", field="cell")
        return cell.block_id, cell.pk
    blocks = sites.blocks(by.institution_id, by=by)
    if block_id and not blocks.filter(pk=block_id).exists():
        raise NotFound("block")
    return block_id, None
