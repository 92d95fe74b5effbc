"""What a person's page shows of this room, and what this room hears of names."""

from typing import Any
from uuid import UUID

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor, anyone_seeing
from darbaza.custody import selectors
from darbaza.custody.models import Prisoner
from darbaza.custody.models.prisoner import new_stamp
from darbaza.kernel.db import PreparedObjects
from darbaza.persons.types import Panel, on_rename


def about(person_id: UUID, by: Actor) -> dict[str, Any] | None:
    """Return contacts, files and restrictions, of the actor's institutions only.

    A restriction on the person alone holds everywhere, so everybody sees it.
    """
    if not by.may(Permission.PRISONER_SEE):
        return None
    asked = {"person": person_id, "sees": by.sees}
    may_see = by.may(Permission.RESTRICTION_SEE)
    return {
        "person_id": person_id,
        "contacts": _contacts.all(**asked),
        "files": _files.all(**asked),
        "restrictions": _restrictions.all(**asked) if may_see else (),
        "may_restrict": by.may(Permission.RESTRICTION_MANAGE),
    }


_contacts = PreparedObjects(
    lambda person, sees: selectors.contacts(by=anyone_seeing(sees), person_id=person)
)
_files = PreparedObjects(
    lambda person, sees: selectors.prisoners(by=anyone_seeing(sees)).filter(
        person_id=person
    )
)
_restrictions = PreparedObjects(
    lambda person, sees: selectors.restrictions(
        by=anyone_seeing(sees), person_id=person
    )
)


def renamed(person_id: UUID) -> None:
    """Let the search index notice that a prisoner's name changed."""
    for prisoner in Prisoner.objects.filter(person_id=person_id):
        Prisoner.objects.filter(pk=prisoner.pk).update(stamp=new_stamp())


Panel("custody", 10, "custody/_person.html", about)
on_rename(renamed)
