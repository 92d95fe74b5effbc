"""Two institutions, headquarters, and the people in them, made through the services."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from darbaza.accounts import actors, services, types
from darbaza.accounts.models import User
from darbaza.accounts.permissions import Role
from darbaza.kernel.ids import new_id
from darbaza.sites.models import Institution

BISHKEK = ZoneInfo("Asia/Bishkek")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=BISHKEK)
PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODES = ("11112222", "33334444")


@dataclass(frozen=True)
class Here:
    """One institution and its administrator."""

    id: UUID
    administrator: types.Actor


def institution(code: str, kind: str = "colony", minutes: int = 10) -> Institution:
    names = {f"name_{c}": f"No. {code}" for c in ("ky", "ru", "en")}
    return Institution.objects.create(
        code=code, kind=kind, shared_minutes=minutes, **names
    )


def user(
    place: Institution,
    *roles: Role,
    name: str = "officer",
    by: types.Actor | None = None,
) -> User:
    draft = types.UserDraft(
        id=new_id(),
        username=name,
        full_name=f"Test {name}",
        roles=frozenset(roles),
        language="en",
    )
    by = by or types.system("setup", place.id)
    made = services.create_user(draft, password=PASSWORD, by=by, at=timezone.now())
    return User.objects.get(pk=made.id)


def actor(person: User, place: Institution | None = None) -> types.Actor:
    here = place.id if place else None
    return actors.of_user(person, at=timezone.now(), institution_id=here)


def enrol(person: User, place: Institution) -> None:
    by = types.system("setup", place.id)
    services.enrol(person.pk, SECRET, CODES, by=by, at=timezone.now())
