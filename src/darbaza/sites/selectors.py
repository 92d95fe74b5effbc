"""Places and printers that an actor may see, and what this database is."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.errors import NotFound
from darbaza.sites import policies
from darbaza.sites.models import (
    OF_PAPER,
    Block,
    Cell,
    Closable,
    Installation,
    Institution,
    Post,
    Printer,
    PrintJob,
    Room,
    Seat,
)
from darbaza.sites.types import Paper, Place

MODELS: dict[Place, type[Closable]] = {
    Place.BLOCK: Block,
    Place.CELL: Cell,
    Place.ROOM: Room,
    Place.SEAT: Seat,
    Place.POST: Post,
}
_installation = PreparedObjects(lambda: Installation.objects.order_by("pk")[:1])
R = TypeVar("R", bound=Closable)
M = TypeVar("M", bound=Model)

ROLL = "80mm"
"""Size of a roll, as sheets name it."""


def installation() -> Installation | None:
    """Return what this database is, or None before it was founded."""
    return _installation.one()


installation.permission = None  # type: ignore[attr-defined] # every page says it


@requires(Permission.SITE_SEE)
def institutions(*, by: Actor, closed: bool = False) -> QuerySet[Institution]:
    """Return the institutions that the actor sees, by number; ``closed`` ones too."""
    rows = Institution.objects.filter(pk__in=by.sees).order_by("code")
    return rows if closed else rows.filter(closed_on=None)


@requires(Permission.SITE_SEE)
def prisons(*, by: Actor) -> QuerySet[Institution]:  # noqa: ARG001 - names are public
    """Return every open prison of the country: where somebody may be transferred."""
    rows = Institution.objects.filter(closed_on=None).order_by("code")
    return rows.exclude(kind=Institution.Kind.HEADQUARTERS)


@requires(Permission.SITE_SEE)
def institution(institution_id: UUID, *, by: Actor) -> Institution:
    """Return one institution.

    Raises:
        NotFound: No such institution for this actor.
    """
    return _one(Institution.objects.filter(pk__in=by.sees), institution_id)


@requires(Permission.SITE_SEE)
def blocks(institution_id: UUID, *, by: Actor, closed: bool = False) -> QuerySet[Block]:
    """Return blocks, each with its open cells counted (``cells_open``, ``places``)."""
    rows = _of(Block, institution_id, by, closed=closed)
    is_open = Q(cells__closed_on=None)
    return rows.annotate(cells_open=Count("cells", filter=is_open))


@requires(Permission.SITE_SEE)
def block(block_id: UUID, *, by: Actor) -> Block:
    """Return one block, or raise NotFound."""
    return _one(_seen(Block, by), block_id)


@requires(Permission.SITE_SEE)
def cells(institution_id: UUID, *, by: Actor, closed: bool = False) -> QuerySet[Cell]:
    """Return cells with their blocks, by block and cell."""
    return _of(Cell, institution_id, by, closed=closed).select_related("block")


@requires(Permission.SITE_SEE)
def cell(cell_id: UUID, *, by: Actor) -> Cell:
    """Return one cell, or raise NotFound."""
    return _one(_seen(Cell, by).select_related("block"), cell_id)


@requires(Permission.SITE_SEE)
def rooms(institution_id: UUID, *, by: Actor, closed: bool = False) -> QuerySet[Room]:
    """Return rooms for visits, each with its open seats counted (``seats_open``)."""
    rows = _of(Room, institution_id, by, closed=closed)
    return rows.annotate(seats_open=Count("seats", filter=Q(seats__closed_on=None)))


@requires(Permission.SITE_SEE)
def room(room_id: UUID, *, by: Actor) -> Room:
    """Return one room, or raise NotFound."""
    return _one(_seen(Room, by), room_id)


@requires(Permission.SITE_SEE)
def seats(room_id: UUID, *, by: Actor, closed: bool = False) -> list[Seat]:
    """Return the seats of a room as people count them: 2 before 10."""
    rows = _seen(Seat, by).filter(room_id=room_id).select_related("room")
    if not closed:
        rows = rows.filter(closed_on=None)
    return sorted(rows, key=lambda seat: policies.natural(seat.label))


@requires(Permission.SITE_SEE)
def seat(seat_id: UUID, *, by: Actor) -> Seat:
    """Return one seat, or raise NotFound."""
    return _one(_seen(Seat, by).select_related("room"), seat_id)


@requires(Permission.SITE_SEE)
def posts(institution_id: UUID, *, by: Actor, closed: bool = False) -> QuerySet[Post]:
    """Return the working places of an institution, windows first."""
    return _of(Post, institution_id, by, closed=closed).order_by("-kind", "name_ky")


@requires(Permission.SITE_SEE)
def post(post_id: UUID, *, by: Actor) -> Post:
    """Return one working place, or raise NotFound."""
    return _one(_seen(Post, by), post_id)


@requires(Permission.SITE_SEE)
def place(kind: Place, place_id: UUID, *, by: Actor) -> Closable:
    """Return a block, cell, room, seat or post by its kind, or raise NotFound."""
    return _one(_seen(MODELS[kind], by), place_id)


@requires(Permission.PRINT_SEE)
def printers(*, by: Actor, closed: bool = False) -> QuerySet[Printer]:
    """Return the printers where the actor acts, each with its open papers counted."""
    waiting = Count("jobs", filter=Q(jobs__ended_at=None))
    rows = _of(Printer, by.institution_id, by, closed=closed).select_related("post")
    return rows.annotate(waiting=waiting).order_by("name_ky")


@requires(Permission.PRINT_SEE)
def printer(printer_id: UUID, *, by: Actor) -> Printer:
    """Return one printer, or raise NotFound."""
    return _one(_seen(Printer, by).select_related("post"), printer_id)


@requires(Permission.PRINT_SEE)
def print_jobs(*, by: Actor) -> QuerySet[PrintJob]:
    """Return the papers of the institution where the actor acts, newest first.

    Their content stays in the database until somebody opens one.
    """
    rows = PrintJob.objects.filter(institution_id=by.institution_id)
    return rows.select_related("printer").defer("pdf")


@requires(Permission.PRINT_SEE)
def print_job(job_id: UUID, *, by: Actor) -> PrintJob:
    """Return one paper, or raise NotFound."""
    return _one(print_jobs(by=by), job_id)


@requires(Permission.PRINT_USE)
def print_job_asked(request_id: UUID, *, by: Actor) -> PrintJob | None:
    """Return the paper that this very request has made already, or None."""
    return print_jobs(by=by).filter(request_id=request_id).first()


@requires(Permission.PRINT_USE)
def printers_for(post_id: UUID | None, *, by: Actor) -> Mapping[Paper, Printer]:
    """Return the printer of each kind of paper at a post, where there is one.

    The one that stands at the post comes first, then one that stands at no post; what
    stands at another post is somebody else's.
    """
    here = Q(post_id=None) | Q(post_id=post_id) if post_id else Q(post_id=None)
    rows = _of(Printer, by.institution_id, by, closed=False).filter(here)
    ordered = sorted(rows, key=lambda row: (row.post_id is None, row.name_ky))
    return {
        paper: row
        for paper in OF_PAPER
        for row in reversed(ordered)
        if row.takes(paper)
    }


@requires(Permission.SITE_SEE)
def list_printer(post_id: UUID | None, *, by: Actor) -> Printer | None:
    """Return the printer of a post for lists on A4, None for whoever prints nothing.

    A roll of 80 mm is no paper for them: then the browser prints.
    """
    if not by.may(Permission.PRINT_USE):
        return None
    printer = printers_for(post_id, by=by).get(Paper.PAPER)
    return printer if printer and printer.size != ROLL else None


def _seen(model: type[R], by: Actor) -> QuerySet[R]:
    return model._default_manager.filter(institution_id__in=by.sees)


def _of(
    model: type[R], institution_id: UUID, by: Actor, *, closed: bool
) -> QuerySet[R]:
    rows = _seen(model, by).filter(institution_id=institution_id)
    return rows if closed else rows.filter(closed_on=None)


def _one(rows: QuerySet[M], key: UUID) -> M:
    row = rows.filter(pk=key).first()
    if row is None:
        raise NotFound
    return row
