"""The walk over everybody on record, beside the pages."""

from dataclasses import replace
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor, system
from darbaza.watchlists import people, services
from darbaza.watchlists.models import Screening


@task()
def walk(screening_id: str) -> None:
    """Compare chunk after chunk until nobody is left; cut off, it goes on there."""
    row = Screening.objects.get(pk=UUID(screening_id))
    by = walker(row)
    while services.walk(row.pk, by=by, at=timezone.now()):
        pass


def walker(row: Screening) -> Actor:
    """Return who walks: whoever began it, with the right to this only."""
    known = row.walker
    return replace(
        system(known.get("name", people.NAME), row.institution_id),
        id=UUID(known["id"]),
        permissions=frozenset({Permission.WATCHLIST_MANAGE}),
    )
