"""How a number stands, for the telephones of all who wait: each asks every 20 seconds.

So the line is read once a second for all of them, and each asks for one row.
"""

from bisect import bisect_left
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from darbaza.gate.models import Ticket
from darbaza.gate.queueing import State
from darbaza.kernel.db import PreparedObjects
from darbaza.kernel.kept import Kept

Line = list[tuple[datetime, int]]
"""Place and number of all who wait, in order; a new day's first number ends the old."""


def family_ticket(code: str, *, at: datetime) -> tuple[Ticket, int] | None:
    """Return today's ticket that has this code, with how many go before it; or None.

    The code stands on the slip and opens nothing but this. How many go before may be
    a second old.
    """
    row = _of_code.one(code=code.upper(), day=timezone.localdate(at))
    if row is None:
        return None
    line = _line(row.institution_id)()
    return row, bisect_left(line, (row.place_at, row.number))


_of_code = PreparedObjects(
    lambda code, day: Ticket.objects.select_related("lane", "window").filter(
        code=code, day=day
    )
)


@cache
def _line(institution_id: UUID) -> Kept[Line]:
    """Return the line of one institution, read once a second for all its telephones."""

    def read() -> Line:
        rows = Ticket.objects.filter(institution_id=institution_id, state=State.WAITING)
        return sorted(rows.values_list("place_at", "number"))

    return Kept(read, seconds=lambda: min(1, settings.DARBAZA_RULES_KEPT_SECONDS))
