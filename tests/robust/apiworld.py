"""A prison in the middle of its day for the API's test, and requests that know it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import schemathesis
from django.utils import timezone
from hypothesis import strategies as st
from ninja.responses import NinjaJSONEncoder

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import (
    DEVICES_ONLY,
    NEEDS_SECOND_FACTOR,
    ROLES,
    Role,
)
from darbaza.accounts.types import DeviceDraft
from darbaza.config.api import api
from darbaza.custody import services as custody
from darbaza.gate import services as gate
from darbaza.parcels import services as sendings
from darbaza.persons import services as persons
from darbaza.sites.models import Post
from darbaza.visits import services as visits
from darbaza.visits.models import Refusal
from tests.gate.house import Gate
from tests.parcels import builders as parcels
from tests.persons import pictures
from tests.visits import builders
from tests.visits.test_registration import NOW

SPACE = UUID("01900000-0000-7000-8000-0000000000aa")
STRANGE = 7
"""One identifier in so many is of nothing at all."""
CARRIED = [role for role in ROLES if role not in NEEDS_SECOND_FACTOR]
KNOWN: dict[str, list[str]] = {}
"""By field of the document: what exists in the prison at this moment."""
FIELDS = (
    "person_id", "prisoner_id", "visit_id", "session_id", "seat_id", "template_id",
    "refusal_id", "photo_id", "document_id", "request_id", "number", "code",
    "sender_id", "item_id", "sending_id", "bag_id",
)  # fmt: skip


def document(raw: dict[str, Any]) -> dict[str, Any]:
    """Return an OpenAPI document whose requests name what exists, mostly."""
    for path in raw["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                _aim(parameter["name"], parameter["schema"])
    for name, schema in raw["components"]["schemas"].items():
        for field, inner in schema.get("properties", {}).items():
            if name.endswith("In"):
                _aim(field, inner)
    return raw


def _aim(field: str, schema: dict[str, Any]) -> None:
    """Give the text in a schema the format that draws from ``KNOWN``."""
    for one in (schema, *schema.get("anyOf", ())):
        if field in FIELDS and one.get("type") == "string":
            one["format"] = f"known-{field}"


def _drawn(field: str) -> st.SearchStrategy[str]:
    def pick(number: int) -> str:
        rows = KNOWN.get(field, [])
        if not rows or number % STRANGE == STRANGE - 1:
            return str(uuid5(SPACE, f"{field} {number}"))
        return rows[number % len(rows)]

    return st.integers(0, 40).map(pick)


for _field in FIELDS:
    schemathesis.openapi.format(f"known-{_field}", _drawn(_field))


class House(Gate):
    """Visits in every state, a refusal, photographs, and a device of each role."""

    def __init__(self) -> None:
        super().__init__()
        self.session.open_places = 40
        self.session.save()
        self.house.hall.seats.all().delete()
        self.timetable = builders.template(self.house)
        self.barred = self.visitor("Мамытов")
        self.restriction(person=self.barred)
        who = {"by": self.supervisor, "at": NOW}
        waiting = self.issue(self.person)
        inside = self.issue(self.wife)
        self.let_in(self.code(inside, self.wife))
        refused = self.issue(self.barred)
        later = visits.book(self.party(self.visitor("Турдуев")), **who)
        gone = visits.book(self.party(self.visitor("Сатаров")), **who)
        visits.cancel(gone.visit_id, "by_family", reason="r", **who)
        image = pictures.picture()
        photo = persons.store_photo(self.person.pk, image, **who)
        custody.propose_contact(self.prisoner.pk, self.barred.pk, "friend", **who)
        self._remember(photo, waiting, inside, refused, later, gone)
        self._bring()

    def _remember(self, photo: Any, *done: Any) -> None:
        told = [getattr(one, "registered", one) for one in done]
        people = (self.person, self.wife, self.barred)
        known = {
            "person_id": people,
            "prisoner_id": [self.prisoner],
            "session_id": [self.session],
            "template_id": [self.timetable],
            "refusal_id": Refusal.objects.all(),
            "photo_id": [photo],
        }
        KNOWN.clear()
        for name, rows in known.items():
            KNOWN[name] = [str(row.pk) for row in rows]
        KNOWN["visit_id"] = [str(one.visit_id) for one in told]
        KNOWN["document_id"] = [str(self._document(who)) for who in people]
        KNOWN["number"] = [r.number for r in Refusal.objects.all()] + ["ZZ0000017"]
        KNOWN["code"] = [
            self.code(done[0]), self.code(done[1], self.wife), "by_family",
            "ended_early_staff",
        ]  # fmt: skip

    def _bring(self) -> None:
        """Two packages, one of them with something that goes back."""
        shop = parcels.shop()
        asked = (self.prisoner.pk, self.wife.pk)
        done = [
            sendings.register(
                parcels.wanted(*asked, (shop["tea"], 2, 200), *more),
                by=self.supervisor, at=NOW,
            )
            for more in ((), ((shop["cards"], 1, 50),))
        ]  # fmt: skip
        KNOWN["item_id"] = [str(item.pk) for item in shop.values()]
        KNOWN["sender_id"] = KNOWN["person_id"]
        KNOWN["sending_id"] = [str(one.sending_id) for one in done]
        KNOWN["bag_id"] = [str(bag) for one in done for bag in one.bags.values()]

    def _window(self) -> UUID:
        """A post with an agent, where a page is open."""
        names = {"name_ky": "2-терезе", "name_ru": "Окно 2", "name_en": "Window 2"}
        post = Post.objects.create(
            institution=self.house.institution, kind="window", **names
        )
        by = self.house.actor(Role.GATE_OFFICER)
        gate.take_scans(post.pk, pictures_too=False, by=by, at=timezone.now())
        return post.pk

    def tokens(self) -> Iterator[str]:
        """Return a device's token for every role that a device may carry."""
        by = self.house.actor(Role.ADMINISTRATOR)
        for role in CARRIED:
            key = uuid5(SPACE, role.value)
            post = self._window() if role in DEVICES_ONLY else None
            draft = DeviceDraft(key, role.value, role, timedelta(days=1), post)
            yield accounts.issue_token(draft, by=by, at=NOW).secret


def raw_document() -> dict[str, Any]:
    """Return the document as a device gets it; needs no database."""
    made = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.loads(json.dumps(made, cls=NinjaJSONEncoder))
