"""Blocks, cells, rooms, seats, posts: added, changed, closed, never deleted.

Every place has a natural name in its institution. Adding the same place again (a form
sent twice) returns the row that the first time made; another place under that name is
a conflict.
"""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.sites import events, policies
from darbaza.sites.models import Block, Cell, Closable, Post, Room, Seat
from darbaza.sites.selectors import MODELS
from darbaza.sites.types import Names, Place, SeatRange

R = TypeVar("R", bound=Closable)
NATURAL: dict[type[Closable], tuple[str, ...]] = {
    Block: ("institution_id", "code"),
    Cell: ("institution_id", "block", "code"),
    Room: ("institution_id", "name_ky"),
    Seat: ("institution_id", "room", "label"),
    Post: ("institution_id", "name_ky"),
}
NAME_FREE_WHEN_CLOSED = (Room, Post)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def add_block(code: str, *, by: Actor, at: datetime) -> Block:
    """Add a block to the institution where the actor acts."""
    return _add(Block, {"code": _word(code, "code")}, {}, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def change_block(block_id: UUID, *, code: str, by: Actor, at: datetime) -> Block:
    """Give a block another name."""
    return _change(Block, block_id, {"code": _word(code, "code")}, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def add_cell(
    block_id: UUID, code: str, *, places: int, by: Actor, at: datetime
) -> Cell:
    """Add a cell to an open block."""
    block = _open(Block, block_id, by)
    natural = {"block": block, "code": _word(code, "code")}
    return _add(Cell, natural, {"places": _count(places, "places")}, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def change_cell(
    cell_id: UUID, *, code: str, places: int, by: Actor, at: datetime
) -> Cell:
    """Change the name of a cell or the number of its places."""
    fields = {"code": _word(code, "code"), "places": _count(places, "places")}
    return _change(Cell, cell_id, fields, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def add_room(names: Names, kind: str, *, by: Actor, at: datetime) -> Room:
    """Add a room for visits."""
    fields = _named(names, kind, Room)
    return _add(Room, {"name_ky": fields.pop("name_ky")}, fields, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def change_room(
    room_id: UUID, names: Names, kind: str, *, by: Actor, at: datetime
) -> Room:
    """Change the names or the kind of a room."""
    return _change(Room, room_id, _named(names, kind, Room), by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def add_seats(
    room_id: UUID, seats: SeatRange, *, by: Actor, at: datetime
) -> list[Seat]:
    """Add numbered seats to an open room; those that are there already stay.

    Returns:
        The seats of the whole range, in order.

    Raises:
        NotFound: No such room where the actor acts.
        Invalid: The range is empty, backwards, or longer than 200.
        Conflict: ``place_closed``: the room is closed.
    """
    if not policies.fits(seats):
        raise Invalid("seat_range", field="last")
    room = _open(Room, room_id, by)
    held = {s.label: s for s in Seat.objects.filter(room=room)}
    new = [label for label in seats.labels() if label not in held]
    common = {"institution_id": by.institution_id, "people": seats.people}
    rows = Seat.objects.bulk_create(
        Seat(room=room, label=label, **common) for label in new
    )
    if new:
        facts = {"labels": new, "people": seats.people}
        audit.record(events.SEATS_ADDED, target=room, by=by, at=at, **facts)
    held.update({s.label: s for s in rows})
    return [held[label] for label in seats.labels()]


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def change_seat(
    seat_id: UUID, *, label: str, people: int, by: Actor, at: datetime
) -> Seat:
    """Change the label of a seat or how many visitors it takes."""
    fields = {"label": _word(label, "label"), "people": _count(people, "people")}
    return _change(Seat, seat_id, fields, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def add_post(names: Names, kind: str, *, by: Actor, at: datetime) -> Post:
    """Add a working place: a window, the inner gate, an office."""
    fields = _named(names, kind, Post)
    return _add(Post, {"name_ky": fields.pop("name_ky")}, fields, by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def change_post(
    post_id: UUID, names: Names, kind: str, *, by: Actor, at: datetime
) -> Post:
    """Change the names or the kind of a working place."""
    return _change(Post, post_id, _named(names, kind, Post), by=by, at=at)


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def close(
    kind: Place, place_id: UUID, *, on: date, by: Actor, at: datetime
) -> Closable:
    """Close a place from a day; a block closes its cells, a room its seats with it.

    Closing it again changes nothing.

    Raises:
        NotFound: No such place where the actor acts.
    """
    row = _mine(MODELS[kind], place_id, by)
    if row.closed_on is None:
        row.closed_on = on
        row.save(update_fields=["closed_on"])
        inner = _inside(row)
        count = 0
        if inner is not None:
            count = inner.filter(closed_on=None).update(closed_on=on)
        facts = {"closed_on": on, "with": count}
        audit.record(events.PLACE_CLOSED, target=row, by=by, at=at, **facts)
    return row


@requires(Permission.SITE_MANAGE)
@transaction.atomic
def reopen(kind: Place, place_id: UUID, *, by: Actor, at: datetime) -> Closable:
    """Open a closed place again, with what was closed together with it.

    Raises:
        NotFound: No such place where the actor acts.
        Conflict: ``place_closed``: it stands in a block or room that is closed;
            ``place_name_taken``: another open place has its name now.
    """
    row = _mine(MODELS[kind], place_id, by)
    was = row.closed_on
    if was is None:
        return row
    outer = getattr(row, "block", None) or getattr(row, "room", None)
    if outer is not None and outer.closed_on is not None:
        raise Conflict("place_closed", place=str(outer))
    row.closed_on = None
    _not_taken(row)
    row.save(update_fields=["closed_on"])
    inner = _inside(row)
    count = 0
    if inner is not None:
        count = inner.filter(closed_on=was).update(closed_on=None)
    facts = {"was_closed_on": was, "with": count}
    audit.record(events.PLACE_REOPENED, target=row, by=by, at=at, **facts)
    return row


def _add(
    model: type[R],
    natural: dict[str, Any],
    fields: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> R:
    here = {**natural, "institution_id": by.institution_id}
    known = _namesakes(model, here).first()
    if known is not None:
        if known.closed_on is not None or _differences(known, fields):
            raise Conflict("place_name_taken", place=str(known))
        return known
    row = model(**here, **fields)
    row.save(force_insert=True)
    facts = {k: v for k, v in {**natural, **fields}.items() if k != "block"}
    audit.record(events.PLACE_ADDED, target=row, by=by, at=at, **facts)
    return row


def _change(
    model: type[R], key: UUID, fields: dict[str, Any], *, by: Actor, at: datetime
) -> R:
    row = _mine(model, key, by)
    changes = _differences(row, fields)
    if changes:
        for name, value in fields.items():
            setattr(row, name, value)
        _not_taken(row)
        row.save(update_fields=list(changes))
        audit.record(events.PLACE_CHANGED, target=row, by=by, at=at, changes=changes)
    return row


def _namesakes(model: type[R], here: dict[str, Any]) -> QuerySet[R]:
    rows = model._default_manager.filter(**here)
    free = issubclass(model, NAME_FREE_WHEN_CLOSED)
    return rows.filter(closed_on=None) if free else rows


def _not_taken(row: Closable) -> None:
    """Raise Conflict where another place has the name that ``row`` now has."""
    here = {name: getattr(row, name) for name in NATURAL[type(row)]}
    if _namesakes(type(row), here).exclude(pk=row.pk).exists():
        raise Conflict("place_name_taken", place=str(row))


def _mine(model: type[R], key: UUID, by: Actor) -> R:
    rows = model._default_manager.select_for_update(no_key=True)
    row = rows.filter(pk=key, institution_id=by.institution_id).first()
    if row is None:
        raise NotFound
    return row


def _open(model: type[R], key: UUID, by: Actor) -> R:
    row = _mine(model, key, by)
    if row.closed_on is not None:
        raise Conflict("place_closed", place=str(row))
    return row


def _inside(row: Closable) -> QuerySet[Any] | None:
    """Return what closes and opens together with a block or a room."""
    match row:
        case Block():
            return Cell.objects.filter(block=row)
        case Room():
            return Seat.objects.filter(room=row)
        case _:
            return None


def _differences(row: Closable, fields: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        name: [getattr(row, name), value]
        for name, value in fields.items()
        if getattr(row, name) != value
    }


def _named(names: Names, kind: str, model: type[Room | Post]) -> dict[str, str]:
    if kind not in model.Kind.values:
        raise Invalid("value_unknown", field="kind")
    fields = {k: _word(v, k, 160) for k, v in names.as_fields().items()}
    return {**fields, "kind": kind}


def _word(value: str, field: str, longest: int = 20) -> str:
    value = " ".join(value.split())
    if not value:
        raise Invalid("value_missing", field=field)
    if len(value) > longest:
        raise Invalid("value_too_long", field=field)
    return value


def _count(value: int, field: str) -> int:
    if not 1 <= value <= 1_000:
        raise Invalid("value_out_of_range", field=field)
    return value
