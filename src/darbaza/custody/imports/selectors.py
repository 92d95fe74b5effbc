"""Read batches and rows of the actor's own institution."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from darbaza.accounts import selectors as accounts
from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.custody.imports import rights
from darbaza.custody.models import ImportBatch, ImportRow
from darbaza.kernel.errors import NotFound


@requires(Permission.REGISTER_IMPORT)
def batches(*, by: Actor) -> QuerySet[ImportBatch]:
    """Return the batches that the actor may see, newest first."""
    rows = ImportBatch.objects.filter(institution_id=by.institution_id)
    return rows.filter(kind__in=rights.kinds(by)).order_by("-uploaded_at", "-pk")


@requires(Permission.REGISTER_IMPORT)
def batch(batch_id: UUID, *, by: Actor) -> ImportBatch:
    """Return one batch.

    Raises:
        NotFound: No such batch here, or not for this actor.
    """
    found = batches(by=by).filter(pk=batch_id).first()
    if found is None:
        raise NotFound("import")
    return found


@requires(Permission.REGISTER_IMPORT)
def rows(batch_id: UUID, status: str = "", *, by: Actor) -> QuerySet[ImportRow]:
    """Return the rows of a batch in the order of the file."""
    found = batch(batch_id, by=by).rows.order_by("line")
    return found.filter(status=status) if status else found


@requires(Permission.REGISTER_IMPORT)
def counts(batch_id: UUID, *, by: Actor) -> dict[str, int]:
    """Return how many rows of a batch stand in each status; none is left out."""
    found = batch(batch_id, by=by).rows.order_by().values("status")
    pairs = found.annotate(count=Count("pk")).values_list("status", "count")
    return dict.fromkeys(ImportRow.Status.values, 0) | dict(pairs)


@requires(Permission.USER_MANAGE)
def names(user_ids: Iterable[UUID], *, by: Actor) -> dict[UUID, tuple[str, str]]:
    """Return sign-in name and full name of users here."""
    found = accounts.users(by=by).filter(pk__in=list(user_ids))
    return {user.pk: (user.username, user.full_name) for user in found}
