"""What is written down of a sending, bag by bag, and what stood there before."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.parcels import recount
from darbaza.parcels.chain import OPEN, Where
from darbaza.parcels.models import Correction, Line, Sending
from darbaza.parcels.recount import Lot
from darbaza.parcels.types import Wanted

SENT_BACK = "item_sent_back"


@dataclass(frozen=True, slots=True)
class Written:
    """A sending as a correction begins: all of each position, and what has gone."""

    lines: dict[int, Wanted]
    gone: dict[int, int]
    """Pieces by position that no correction changes any more."""
    seen: int
    """How many corrections there are."""
    next: int
    """Position of a line that is added."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with the lines that it replaced, as they stood."""

    correction: Correction
    lines: list[Line]


@requires(Permission.PARCEL_SEE)
def written(row: Sending, *, by: Actor) -> Written:
    """Return what is written down of a sending that the actor sees."""
    found = lots(row, by=by)
    gone = recount.totals(lot for lot in found if not lot.open)
    ever = Line.ever.filter(bag__sending=row).aggregate(last=Max("position"))
    return Written(
        recount.totals(found),
        {position: one.quantity for position, one in gone.items()},
        row.corrections.count(),
        (ever["last"] or 0) + 1,
    )


@requires(Permission.PARCEL_SEE)
def lots(
    row: Sending,
    *,
    by: Actor,  # noqa: ARG001 - read by the decorator
) -> list[Lot]:
    """Return what lies of a sending in each of its bags."""
    rows = Line.objects.filter(bag__sending=row).select_related("bag")
    return [
        Lot(
            line.position, line.item_id, line.quantity, line.grams, line.bag.part,
            open=Where(line.bag.where) in OPEN, words=line.words,
            sent_back=any(ground["code"] == SENT_BACK for ground in line.grounds),
        )
        for line in rows.order_by("position", "id")
    ]  # fmt: skip


@requires(Permission.PARCEL_SEE)
def corrections(sending_id: UUID, *, by: Actor) -> list[Corrected]:
    """Return the corrections of a sending, newest first, with what they replaced."""
    rows = Correction.objects.filter(
        sending_id=sending_id, institution_id__in=by.sees
    ).order_by("-number")
    replaced: dict[UUID, list[Line]] = {}
    lines = Line.ever.filter(replaced_by__sending_id=sending_id)
    for line in lines.select_related("item", "bag").order_by("position", "id"):
        if line.replaced_by_id:
            replaced.setdefault(line.replaced_by_id, []).append(line)
    return [Corrected(row, replaced.get(row.pk, [])) for row in rows]
