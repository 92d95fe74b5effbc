"""The Actor: who acts, where, and what they may do and see there."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
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
    post_id: UUID | None = None
    """The post to which a device is bound; None for everybody else."""

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


def anyone_seeing(sees: Iterable[UUID]) -> Actor:
    """Return an actor for building a prepared read: who may ask is asked elsewhere.

    ``sees`` are the marks that ``kernel.db.prepared`` puts where the values will stand.
    """
    return replace(system("prepared"), sees=frozenset(sees))


NOBODY = Actor(NOWHERE, "")
"""Whoever has not signed in: may nothing, sees nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """An institution as far as accounts need it; the room above tells them."""

    id: UUID
    code: str
    names: dict[str, str]
    shared_minutes: int = 10
    headquarters: bool = False

    def name(self, language: str) -> str:
        """Return the name in ``language``, else in Kyrgyz, else the number."""
        return self.names.get(language[:2]) or self.names.get("ky") or self.code


@dataclass(frozen=True, slots=True)
class UserDraft:
    """A user to be made. The key makes a second sending harmless."""

    id: UUID
    username: str
    full_name: str
    roles: frozenset[Role]
    rank: str = ""
    language: str = "ky"
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class UserChange:
    """What may change about a user."""

    full_name: str
    rank: str
    language: str


@dataclass(frozen=True, slots=True)
class OneTime:
    """A secret that is shown once; empty where the request was done before."""

    id: UUID
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeviceDraft:
    """A device that is to have a token. The key makes a second sending harmless."""

    id: UUID
    name: str
    role: Role
    valid_for: timedelta
    post_id: UUID | None = None
    """Where a local agent stands; its room has made sure that the post is here."""
