"""People for the tests of this room and of the rooms above it. All invented."""

from datetime import date
from typing import Any

from darbaza.accounts.types import Actor
from darbaza.persons import services
from darbaza.persons.models import Person
from darbaza.persons.types import DocumentDraft, PersonDraft
from tests import cast

BORN = date(1985, 3, 12)
PASSPORT = DocumentDraft("passport", "AC 1234567", issuer="KGZ")


def register(
    surname: str = "Асанов",
    given_names: str = "Бакыт",
    *,
    document: DocumentDraft | None = None,
    by: Actor = cast.GATE_OFFICER,
    **more: Any,
) -> Person:
    """Return a person registered by ``by``."""
    more.setdefault("birth_on", BORN)
    draft = PersonDraft(surname, given_names, **more)
    return services.register(draft, document, by=by, at=cast.NINE)
