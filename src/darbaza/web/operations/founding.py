"""Found a real installation: its institution, its rules, its first administrator."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.management import call_command
from django.db import transaction

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import UserDraft, system
from darbaza.kernel import ids
from darbaza.sites import services as sites
from darbaza.sites.types import InstitutionDraft


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who runs the installation at first."""

    username: str
    full_name: str
    password: str
    language: str = "ky"


@transaction.atomic
def found(
    institution: InstitutionDraft, administrator: Administrator, *, at: datetime
) -> None:
    """Make a real, empty institution and its first administrator, all or nothing.

    Raises:
        Conflict: This database is a demonstration, or is founded already.
        Invalid: A name, number or the password cannot be used.
    """
    sites.found_installation(demonstration=False, at=at)
    by = system("darbaza init")
    place = sites.create_institution(institution, by=by, at=at)
    call_command("load_reference", verbosity=0)
    call_command("load_catalogue", verbosity=0)
    here = replace(by, institution_id=place.pk, sees=frozenset({place.pk}))
    draft = UserDraft(
        id=ids.new_id(),
        username=administrator.username,
        full_name=administrator.full_name,
        roles=frozenset({Role.ADMINISTRATOR}),
        language=administrator.language,
    )
    accounts.create_user(draft, password=administrator.password, by=here, at=at)
