"""The walk over everything booked, begun by hand; it runs beside the pages."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from darbaza.accounts.types import system
from darbaza.appointments import services
from darbaza.appointments.models import Recheck


@task()
def walk(recheck_id: str) -> None:
    """Decide day after day again until none is left; cut off, it goes on there."""
    row = Recheck.objects.get(pk=UUID(recheck_id))
    by = system("appointments", row.institution_id)
    while services.step(row.pk, by=by, at=timezone.now()):
        pass
