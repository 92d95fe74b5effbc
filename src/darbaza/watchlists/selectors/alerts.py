"""What the desk is told about somebody: that there is a likeness, and no more."""

from collections.abc import Iterable
from uuid import UUID

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.db import Prepared
from darbaza.watchlists.models import Likeness
from darbaza.watchlists.raising import ALERTING

_alerts = Prepared(
    lambda people, statuses, here: Likeness.objects.filter(
        person_id__in=people,
        status__in=statuses,
        sightings__institution_id=here,
    ).values_list("person_id", "status")
)


@requires(Permission.GATE_DESK)
def alerts(person_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, str]:
    """Return who of these people needs a second look, and how it stands.

    "same" where somebody decided that it is the person on a list, "open" where nobody
    has decided yet. Which list, and why, is for those who judge.
    """
    rows = _alerts(
        people=list(person_ids), statuses=list(ALERTING), here=by.institution_id
    )
    found: dict[UUID, str] = {}
    for person_id, status in rows:
        decided = status == Likeness.Status.SAME
        found[person_id] = "same" if decided else found.get(person_id, "open")
    return found
