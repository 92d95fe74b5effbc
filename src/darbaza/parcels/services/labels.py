"""Labels of bags, and lists that leave the house: each is counted or on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from darbaza.accounts.permissions import Permission, requires
from darbaza.accounts.types import Actor
from darbaza.audit import services as audit
from darbaza.parcels import events
from darbaza.parcels.services import bags


@requires(Permission.PARCEL_REGISTER)
@transaction.atomic
def note_label_printed(bag_id: UUID, *, by: Actor, at: datetime) -> int:
    """Count a print of a bag's label; return which copy it is.

    Raises:
        NotFound: No such bag in the actor's institution.
    """
    bag = bags.locked(bag_id, by=by)
    bag.prints += 1
    bag.save(update_fields=["prints"])
    audit.record(
        events.LABEL_PRINTED, target=("bag", str(bag.pk)), by=by, at=at,
        prints=bag.prints,
    )  # fmt: skip
    return bag.prints


@requires(Permission.PARCEL_EXPORT)
@transaction.atomic
def note_exported(name: str, kind: str, rows: int, *, by: Actor, at: datetime) -> None:
    """Put on record that a list of this room was taken as a file."""
    audit.record(
        events.EXPORTED, target=None, by=by, at=at, name=name, format=kind, rows=rows
    )
