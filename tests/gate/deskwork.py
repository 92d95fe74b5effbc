"""A signed-in officer at the desk, for the tests of its pages."""

from typing import Any

from django.test import Client

from darbaza.accounts.models import Assignment, User
from darbaza.accounts.permissions import Role
from darbaza.gate.models import Draft
from darbaza.persons.models import Document, Person
from tests.visits import builders
from tests.visits.test_registration import NOW, Scene

BACKEND = "darbaza.accounts.backends.SignIn"
NEW = (
    "P<KGZTOKTOMAMATOV<<BEKTUR<<<<<<<<<<<<<<<<<<<\r"
    "ZZ00000251KGZ7911026M29011892021119790011794\r"
)
KNOWN = (
    "P<KGZASANOVA<<AIGUL<MARATOVNA<<<<<<<<<<<<<<<\r"
    "ZZ00000170KGZ8603142F31052051140319860045196\r"
)
PASSWORD = "correct horse battery"


class DeskScene(Scene):
    """The scene of a registration, with staff who can sign in, and Asanova known."""

    def __init__(self) -> None:
        super().__init__()
        self.quota()
        self.wife = self.visitor(
            "Асанова", given_names="Айгүл", surname_latin="ASANOVA",
            given_names_latin="AIGUL MARATOVNA", sex="F", birth_on="1986-03-14",
        )  # fmt: skip
        Document.objects.filter(person=self.wife).update(
            kind="passport", number="ZZ0000017", issuer="KGZ", expires_on="2031-05-20"
        )
        self.wife = Person.objects.get(pk=self.wife.pk)

    def staff(self, name: str, role: Role, *, house: Any = None) -> User:
        user = User(username=name, full_name=name.title(), language="en")
        user.created_at = NOW
        user.set_password(PASSWORD)
        user.save()
        home = house or self.house
        Assignment.objects.create(
            user=user, institution_id=home.institution.pk, role=role,
            given_at=builders.at(0), given_by="test",
        )  # fmt: skip
        return user


class Desk:
    """One browser at the desk."""

    def __init__(self, user: User, *, htmx: bool = True, **client: Any) -> None:
        self.user, self.htmx = user, htmx
        self.client = Client(**client)
        self.client.force_login(user, backend=BACKEND)

    def open(self) -> str:
        return self.client.get("/gate/desk/").content.decode()

    @property
    def draft(self) -> Draft:
        rows = Draft.objects.filter(user_id=self.user.pk, done_at=None)
        return rows.order_by("-changed_at")[0]

    @property
    def state(self) -> dict[str, Any]:
        return self.draft.state

    def do(self, name: str, *, draft: Any = None, **data: Any) -> Any:
        headers = {"HX-Request": "true"} if self.htmx else {}
        data = {"draft": str(draft or self.draft.pk), **data}
        return self.client.post(f"/gate/desk/do/{name}/", data, headers=headers)
