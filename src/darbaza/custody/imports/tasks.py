"""The walk over the rows of a list, beside the pages."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from darbaza.custody.imports import rights, services
from darbaza.custody.models import ImportBatch


@task()
def walk(batch_id: str) -> None:
    """Take chunk after chunk until nothing is left; cut off, it goes on there."""
    batch = ImportBatch.objects.get(pk=UUID(batch_id))
    by = rights.walker(batch)
    while services.walk(batch.pk, by=by, at=timezone.now()):
        pass
