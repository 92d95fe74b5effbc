"""What every step of a file has in common: lock, check the day, write it down."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.custody import events
from darbaza.custody.models import Change, Prisoner
from darbaza.custody.models.prisoner import new_stamp
from darbaza.custody.types import Order
from darbaza.kernel.errors import Conflict, Invalid, NotFound

FIELDS = (
    "institution_id",
    "number",
    "status",
    "legal_status",
    "regime",
    "conditions",
    "identity_confirmed",
    "block_id",
    "cell_id",
    "admitted_on",
    "term_ends_on",
    "released_on",
    "demanded_by",
)
"""What a step may change; each is kept as it was and as it became."""


def own(prisoner_id: UUID, *, by: Actor) -> Prisoner:
    """Return the file, locked, if it lies where the actor works.

    Raises:
        NotFound: No such file there.
    """
    rows = Prisoner.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.filter(pk=prisoner_id, institution_id=by.institution_id).first()
    if found is None:
        raise NotFound("prisoner")
    return found


def held(prisoner_id: UUID, order: Order, *, by: Actor, at: datetime) -> Prisoner:
    """Return the open file, locked, once the order fits it.

    Raises:
        NotFound: No such file where the actor works.
        Conflict: The file is closed.
        Invalid: The order's day is in the future or before the admission.
    """
    prisoner = own(prisoner_id, by=by)
    if prisoner.status != Prisoner.Status.HELD:
        raise Conflict("prisoner_released")
    check(order, not_before=prisoner.admitted_on, at=at)
    return prisoner


def check(order: Order, *, not_before: date | None, at: datetime) -> None:
    """Refuse a day on which the step cannot have come into force."""
    if order.in_force_on > timezone.localdate(at):
        raise Invalid("in_force_in_future", field="in_force_on")
    if not_before and order.in_force_on < not_before:
        raise Invalid("in_force_too_early", field="in_force_on", first=not_before)
    if order.signed_on and order.signed_on > timezone.localdate(at):
        raise Invalid("signed_in_future", field="signed_on")


def needs_number(order: Order) -> None:
    """Refuse a step that the law wants an order for, without the order's number."""
    if not order.number.strip():
        raise Invalid("order_missing", field="order_number")


def done(order: Order) -> Change | None:
    """Return the step that this very request made before, if it did."""
    if order.request_id is None:
        return None
    rows = Change.objects.select_related("prisoner")
    return rows.filter(request_id=order.request_id).first()


def state(prisoner: Prisoner) -> dict[str, Any]:
    """Return the file's own fields as plain values."""
    return {name: plain(getattr(prisoner, name)) for name in FIELDS}


def plain(value: object) -> Any:
    """Return a value as JSON keeps it."""
    if isinstance(value, UUID | date):
        return str(value)
    return value


def change(
    prisoner: Prisoner, values: dict[str, Any], step: str, order: Order, **who: Any
) -> Change:
    """Set ``values``, save, and write the step down (``who`` is ``by`` and ``at``).

    ``before`` and ``after`` of the step hold only what it changed.
    """
    before = state(prisoner)
    for name, value in values.items():
        setattr(prisoner, name, value)
    prisoner.save(update_fields=list(values))
    touch(prisoner)
    after = state(prisoner)
    turned = [name for name in FIELDS if before[name] != after[name]]
    return record(
        prisoner,
        step,
        order,
        ({n: before[n] for n in turned}, {n: after[n] for n in turned}),
        **who,
    )


def touch(prisoner: Prisoner) -> None:
    """Give the file a new stamp: the search index of every process notices."""
    Prisoner.objects.filter(pk=prisoner.pk).update(stamp=new_stamp())


def record(
    prisoner: Prisoner,
    step: str,
    order: Order,
    turned: tuple[dict[str, Any], dict[str, Any]],
    *,
    by: Actor,
    at: datetime,
) -> Change:
    """Write one step down, as a row and as an event."""
    row = Change.objects.create(
        institution_id=by.institution_id,
        prisoner=prisoner,
        step=step,
        on=order.in_force_on,
        order_number=order.number.strip()[:60],
        order_on=order.signed_on,
        before=turned[0],
        after=turned[1],
        reason=order.reason.strip()[:300],
        recorded_at=at,
        recorded_by=by.name,
        request_id=order.request_id,
    )
    facts = {
        "on": order.in_force_on,
        "order": row.order_number,
        "before": turned[0],
        "after": turned[1],
    }
    audit.record(events.STEPS[step], target=prisoner, by=by, at=at, **facts)
    return row
