"""What is held at the entrance: by tag, by visitor, by locker."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import policies
from darbaza.gate.models import Deposit, Locker
from darbaza.kernel.errors import NotFound


@requires(Permission.GATE_BOARD)
def held(*, by: Actor) -> QuerySet[Deposit]:
    """Return what is in keeping now, longest first."""
    rows = Deposit.objects.filter(institution_id=by.institution_id, returned_at=None)
    return _whole(rows).order_by("taken_at", "id")


@requires(Permission.GATE_BOARD)
def deposit(deposit_id: UUID, *, by: Actor) -> Deposit:
    """Return one deposit, given back or not.

    Raises:
        NotFound: No such deposit in the actor's institution.
    """
    rows = Deposit.objects.filter(pk=deposit_id, institution_id=by.institution_id)
    row = _whole(rows).first()
    if row is None:
        raise NotFound("deposit")
    return row


@requires(Permission.GATE_BELONGINGS)
def deposit_by_tag(text: str, *, by: Actor) -> Deposit | None:
    """Return what a scanned or typed tag stands for: held, or given back last."""
    tag = "".join(c for c in text.upper() if c.isalnum())[:12]
    if not tag:
        return None
    rows = Deposit.objects.filter(institution_id=by.institution_id, tag=tag)
    newest = _whole(rows).order_by("-taken_at")
    return newest.filter(returned_at=None).first() or newest.first()


@requires(Permission.VISIT_SEE)
def held_of_visit(visit_id: UUID, *, by: Actor) -> list[Deposit]:
    """Return what a visiting party has left and not received back."""
    rows = Deposit.objects.filter(
        institution_id=by.institution_id, returned_at=None, visitor__visit_id=visit_id
    )
    return list(_whole(rows).order_by("taken_at"))


@requires(Permission.SITE_SEE)
def lockers(*, by: Actor) -> list[Locker]:
    """Return the lockers of the actor's institution by number, closed ones too."""
    rows = Locker.objects.filter(institution_id=by.institution_id)
    full = Deposit.objects.filter(locker=OuterRef("pk"), returned_at=None)
    found = rows.annotate(full=Exists(full))
    return sorted(found, key=lambda row: policies.natural(row.label))


@requires(Permission.GATE_BELONGINGS)
def free_lockers(*, by: Actor) -> list[Locker]:
    """Return the open lockers in which nothing lies, by number."""
    rows = Locker.objects.filter(institution_id=by.institution_id, closed_on=None)
    full = Deposit.objects.filter(locker=OuterRef("pk"), returned_at=None)
    free = rows.filter(~Exists(full))
    return sorted(free, key=lambda row: policies.natural(row.label))


def _whole(rows: QuerySet[Deposit]) -> QuerySet[Deposit]:
    joined = rows.select_related("locker", "visitor__visit", "visitor__person")
    return joined.prefetch_related("belongings")
