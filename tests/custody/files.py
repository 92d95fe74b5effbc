"""Prisoners for the tests of this room and of the rooms above it. All invented."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from darbaza.accounts.types import Actor
from darbaza.custody import services
from darbaza.custody.models import Prisoner
from darbaza.custody.types import Admission, Order
from darbaza.persons.models import Person
from darbaza.sites.models import Block, Cell
from tests import cast
from tests.persons.people import register

TODAY = cast.NINE.date()
LONG_BEFORE = TODAY - timedelta(days=60)
_numbers = count(1)


def order(on: date = TODAY, number: str = "12-к", **more: Any) -> Order:
    """Return the paper under a step, with a request id of its own."""
    more.setdefault("request_id", uuid4())
    return Order(number, on, **more)


def admit(
    person: Person | None = None, *, by: Actor = cast.REGISTRAR, **more: Any
) -> Prisoner:
    """Return a prisoner admitted two months ago."""
    person = person or register("Осмонов", "Нурлан", sex="M", by=by)
    number = more.pop("number", f"901-{next(_numbers):04}")
    more = {"legal_status": "sentenced", "regime": "colony_general"} | more
    draft = Admission(person.pk, number, **more)
    return services.admit(draft, order(LONG_BEFORE), by=by, at=cast.NINE)


def cell(places: int = 2, code: str = "1") -> Cell:
    """Return an open cell of the colony."""
    block, _ = Block.objects.get_or_create(institution_id=cast.COLONY, code="1")
    return Cell.objects.create(
        institution_id=cast.COLONY, block=block, code=code, places=places
    )
