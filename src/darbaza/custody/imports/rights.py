"""Who may take over which list, and as whom the walk over its rows acts."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody.models import ImportBatch
from darbaza.kernel.errors import Forbidden

_PEOPLE = frozenset(
    {Permission.PERSON_SEE, Permission.PERSON_REGISTER, Permission.PRISONER_SEE}
)
NEEDED: Mapping[str, frozenset[Permission]] = {
    "prisoners": _PEOPLE | {Permission.PRISONER_MANAGE, Permission.SITE_SEE},
    "contacts": _PEOPLE | {Permission.CONTACT_PROPOSE, Permission.CONTACT_APPROVE},
    "bans": _PEOPLE | {Permission.RESTRICTION_MANAGE},
    "users": frozenset({Permission.USER_SEE, Permission.USER_MANAGE}),
}
WALKING = (
    ImportBatch.Status.CHECKING,
    ImportBatch.Status.MAKING,
    ImportBatch.Status.UNDOING,
)


def kinds(by: Actor) -> list[str]:
    """Return the kinds of list that an actor may take over."""
    return [kind for kind, needed in NEEDED.items() if needed <= by.permissions]


def must(kind: str, *, by: Actor) -> None:
    """Raise Forbidden unless the actor may write all that such a list holds."""
    for permission in sorted(NEEDED[kind] - by.permissions):
        raise Forbidden(permission=permission.value)


def hand_over(batch: ImportBatch, status: str, *, by: Actor, at: datetime) -> None:
    """Set a batch walking for the actor, who was just asked for every right."""
    batch.status, batch.stepped_at = status, at
    batch.walker = {"id": str(by.id), "name": by.name}
    batch.save()


def walker(batch: ImportBatch) -> Actor:
    """Return who walks: whoever pressed the button, with this kind's rights only."""
    here = batch.institution_id
    return Actor(
        id=UUID(batch.walker["id"]),
        name=batch.walker["name"],
        institution_id=here,
        sees=frozenset({here}),
        permissions=NEEDED[batch.kind] | {Permission.REGISTER_IMPORT},
    )
