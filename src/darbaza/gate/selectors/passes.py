"""Passes by visit and by code."""

from uuid import UUID

from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate import codes
from darbaza.gate.models import Pass


@requires(Permission.VISIT_SEE)
def passes_of(visit_id: UUID, *, by: Actor) -> QuerySet[Pass]:
    """Return all passes of a visit, in the order of issue."""
    rows = Pass.objects.filter(visitor__visit_id=visit_id, institution__in=by.sees)
    return rows.select_related("visitor__person").order_by("issued_at", "id")


@requires(Permission.VISIT_SEE)
def pass_by_code(text: str, *, by: Actor) -> Pass | None:
    """Return the pass of a scanned code in the actor's institution, or None."""
    number = codes.number_of(text)
    if number is None:
        return None
    rows = Pass.objects.select_related(
        "visitor__person", "visitor__photo", "visitor__visit__prisoner__person"
    )
    return rows.filter(number=number, institution_id=by.institution_id).first()
