"""Corrections that tests make of a sending as it stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from darbaza.kernel import ids
from darbaza.parcels import recount, services
from darbaza.parcels.models import Item, Sending
from darbaza.parcels.selectors import correcting
from darbaza.parcels.types import Channel, Correction, Wanted
from tests import cast
from tests.parcels.builders import OFFICER


def as_it_stands(row: Sending, **more: Any) -> Correction:
    """Return the correction that changes nothing yet."""
    row.refresh_from_db()
    lots = correcting.lots(row, by=cast.GATE_OFFICER)
    known = Correction(
        lines=recount.totals(lots), reason="miscounted",
        request_id=ids.new_id(), seen=row.corrections.count(),
        channel=Channel(row.channel), advice=row.advice,
        weighed_g=row.grams if row.weighed else None,
    )  # fmt: skip
    return replace(known, **more)


def counted(
    row: Sending, lines: Mapping[int, tuple[Item, int, int] | None], **more: Any
) -> Correction:
    """Return a correction of these lines by position; None takes a line out."""
    now = as_it_stands(row)
    wanted = {n: one for n, one in now.lines.items() if lines.get(n, one) is not None}
    for n, line in lines.items():
        if line is not None:
            wanted[n] = Wanted(line[0].pk, line[1], line[2])
    return replace(now, lines=wanted, **more)


def correct(
    row: Sending, lines: Mapping[int, tuple[Item, int, int] | None], **more: Any
) -> Any:
    """Correct these lines of a sending."""
    given = {"rank": more.pop("rank", None)} | OFFICER
    made = services.correct(row.pk, counted(row, lines, **more), **given)
    row.refresh_from_db()
    return made
