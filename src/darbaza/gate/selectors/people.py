"""Who is inside besides visitors, badges, vehicles; and everybody in one list."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.gate.models import Badge, Category, Passage, Vehicle
from darbaza.gate.selectors import board
from darbaza.gate.types import Evacuation, Somebody
from darbaza.kernel.errors import NotFound


@requires(Permission.GATE_BOARD)
def passages_inside(*, by: Actor) -> QuerySet[Passage]:
    """Return the stays of everybody inside who is no visitor, longest first."""
    rows = Passage.objects.filter(
        institution_id=by.institution_id, left_at=None, annulled_at=None
    )
    return rows.select_related("vehicle").order_by("came_in_at", "id")


@requires(Permission.GATE_BOARD)
def everyone_inside(*, by: Actor) -> list[Somebody]:
    """Return visitors, staff, contractors, deliveries, officials, guests: each once."""
    visitors = [
        Somebody(
            "visitor", one.name, one.came_in_at, place=one.room, card=one.reference,
            visit_id=one.visit_id,
        )
        for one in board.inside_now(by=by)
    ]  # fmt: skip
    return visitors + [_somebody(row) for row in passages_inside(by=by)]


@requires(Permission.GATE_BOARD)
def others_inside(*, by: Actor) -> tuple[tuple[str, tuple[Somebody, ...]], ...]:
    """Return everybody who is no visitor, by category in the order of the words."""
    found: dict[str, list[Somebody]] = defaultdict(list)
    for row in passages_inside(by=by):
        found[row.category].append(_somebody(row))
    return tuple(
        (category, tuple(sorted(found[category], key=lambda one: one.name)))
        for category in Category.values
        if category in found
    )


@requires(Permission.GATE_BOARD)
def evacuation(*, by: Actor, at: datetime) -> Evacuation:
    """Return everybody who must leave: at visits by room, all others by category."""
    return replace(board.at_visits(by=by, at=at), others=others_inside(by=by))


@requires(Permission.GATE_BOARD)
def passage(passage_id: UUID, *, by: Actor) -> Passage:
    """Return one stay.

    Raises:
        NotFound: No such passage in the actor's institution.
    """
    rows = Passage.objects.select_related("vehicle", "badge", "corrects")
    row: Passage = _one(rows, passage_id, by, "passage")
    return row


@requires(Permission.GATE_BOARD)
def last_passages(*, by: Actor, at: datetime, limit: int = 8) -> list[Passage]:
    """Return who of those who are no visitors went in or out last, newest first."""
    here = Passage.objects.filter(
        institution_id=by.institution_id, annulled_at=None, came_in_at__lte=at
    )
    newest = [*here.order_by("-came_in_at")[:limit]]
    newest += here.exclude(left_at=None).order_by("-left_at")[:limit]
    unique = {row.pk: row for row in newest}.values()
    return sorted(unique, key=lambda r: r.left_at or r.came_in_at, reverse=True)[:limit]


@requires(Permission.GATE_SET_UP)
def badges(*, by: Actor) -> QuerySet[Badge]:
    """Return the badges of the actor's institution, closed ones too."""
    return Badge.objects.filter(institution_id=by.institution_id)


@requires(Permission.GATE_BOARD)
def vehicles(*, by: Actor) -> QuerySet[Vehicle]:
    """Return the vehicles that came, newest first; inside or not."""
    rows = Vehicle.objects.filter(institution_id=by.institution_id)
    return rows.prefetch_related("people", "searches").order_by("-id")


@requires(Permission.GATE_BOARD)
def vehicles_inside(*, by: Actor) -> QuerySet[Vehicle]:
    """Return the vehicles that are inside."""
    return vehicles(by=by).filter(left_at=None, turned_away_at=None)


@requires(Permission.GATE_BOARD)
def vehicle(vehicle_id: UUID, *, by: Actor) -> Vehicle:
    """Return one stay of a vehicle, with people and searches.

    Raises:
        NotFound: No such vehicle in the actor's institution.
    """
    row: Vehicle = _one(Vehicle.objects.all(), vehicle_id, by, "vehicle")
    return row


def _one(rows: QuerySet[Any], key: UUID, by: Actor, what: str) -> Any:
    row = rows.filter(pk=key, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound(what)
    return row


def _somebody(row: Passage) -> Somebody:
    return Somebody(
        row.category,
        row.name,
        row.came_in_at,
        organisation=row.organisation,
        place=row.place or row.purpose,
        card=row.card,
        passage_id=row.pk,
        plate=row.vehicle.plate if row.vehicle else "",
        drives=row.drives,
    )
