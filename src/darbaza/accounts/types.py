"""The Actor: who acts, where, and what they may do and see there."""

from dataclasses import dataclass, field
from uuid import UUID

from darbaza.accounts.permissions import Permission, Role
from darbaza.kernel.ids import NOWHERE


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a device or the system itself, acting at one institution.

    ``permissions`` hold at ``institution_id``, where all writing goes. ``sees`` are
    the institutions whose rows exist for this actor; empty means none (fail closed).
    """

    id: UUID
    name: str
    institution_id: UUID = NOWHERE
    sees: frozenset[UUID] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    roles: frozenset[Role] = frozenset()
    language: str = "ky"
    device: str = ""
    staff_session_id: UUID | None = field(default=None)

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor holds ``permission`` where they act."""
        return permission in self.permissions


def system(name: str, institution_id: UUID = NOWHERE) -> Actor:
    """Return an actor for commands and background work, under its own name.

    It holds every permission at one institution and is not a user: nobody signs in.
    """
    return Actor(
        id=NOWHERE,
        name=name,
        institution_id=institution_id,
        sees=frozenset({institution_id}),
        permissions=frozenset(Permission),
    )
