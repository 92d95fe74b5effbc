"""Write the sound keys of names anew, after the rules of sounds have changed."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.kernel.ids import NOWHERE
from darbaza.persons.models import Person
from darbaza.persons.services import registration

TOGETHER = 500


@requires(Permission.PERSON_MERGE)
def refold(*, by: Actor) -> int:  # noqa: ARG001 - people are national
    """Bring every key to the rules of now; return how many people's changed.

    A batch is a transaction, so that no desk waits. Nothing that anybody wrote
    changes, so there is nothing to put on record; harmless to repeat.
    """
    changed, after = 0, NOWHERE
    while batch := _refolded(after):
        count, after = batch
        changed += count
    return changed


@transaction.atomic
def _refolded(after: UUID) -> tuple[int, UUID] | None:
    """Refold the next people; return how many changed and the last one's key."""
    rows = Person.objects.select_for_update().filter(pk__gt=after).order_by("pk")
    some = list(rows[:TOGETHER])
    if not some:
        return None
    stale = [row for row in some if _refold(row)]
    Person.objects.bulk_update(stale, [*registration.KEYS, "named_at"])
    return len(stale), some[-1].pk


def _refold(row: Person) -> bool:
    """Put the keys of now into a row; tell whether they are other ones."""
    keys = registration.sounds(vars(row))
    if all(getattr(row, name) == key for name, key in keys.items()):
        return False
    for name, key in keys.items():
        setattr(row, name, key)
    row.named_at = timezone.now()  # other processes look for what was written since
    return True
