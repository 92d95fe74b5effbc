"""Book a visit beforehand: the same registration, for a later day."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Conflict
from darbaza.visits.models import Visit
from darbaza.visits.policies import changes as policy
from darbaza.visits.selectors import house
from darbaza.visits.services import registration
from darbaza.visits.types import Registered, Registration


@requires(Permission.VISIT_REGISTER)
@transaction.atomic
def book(
    wanted: Registration, *, channel: str = "staff", by: Actor, at: datetime
) -> Registered:
    """Book a visit; sent again, the first answer comes back.

    Args:
        wanted: The party and the session; ``starts_at`` names the day.
        channel: gate, staff or family: each has its window of notice.
        by: Who books.
        at: Now.

    Raises:
        NotFound: Prisoner or visitor does not exist for this actor.
        Conflict: The day is outside the window of the channel.
    """
    today = timezone.localdate(at)
    day = timezone.localdate(wanted.starts_at or at)
    windows = house.figures(policy.NOTICE_RULE, today, by=by)
    if not policy.in_notice(day, today, channel, windows=windows):
        raise Conflict("outside_notice", day=day)
    booked = replace(
        wanted, status=Visit.Status.BOOKED.value, source=Visit.Source.BOOKED.value
    )
    return registration.register(booked, by=by, at=at)
