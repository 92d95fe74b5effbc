"""Fill the register of one prison: prisoners, their circle, restrictions, permits."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.custody import services as custody
from darbaza.custody.types import (
    Admission,
    Order,
    PermitDraft,
    Regime,
)
from darbaza.demo import portraits
from darbaza.demo.house import House
from darbaza.demo.people import Somebody
from darbaza.demo.prisons import CONDITIONS
from darbaza.persons import services as persons

_DAY: Final = timedelta(days=1)
_CLOSE: Final = ("parent", "spouse", "sibling", "child")
_KIN: Final = (
    ("spouse", 26), ("parent", 26), ("sibling", 20), ("child", 8),
    ("grandparent", 3), ("relative", 8), ("friend", 6), ("partner", 3),
)  # fmt: skip
_REFUSED_FOR: Final = "Кинши тууралуу кагаз жок; кайра келгенде алып келүү сунушталды"
_INVESTIGATOR: Final = "Биринчи Май райондук соту"


@dataclass(slots=True)
class Visitor:
    """A contact of a prisoner, as the history of visits needs them."""

    person_id: UUID
    document_id: UUID
    kinship: str
    sex: str
    status: str = "approved"
    photo_id: UUID | None = None


@dataclass(slots=True)
class File:
    """A prisoner with their circle."""

    prisoner_id: UUID
    person_id: UUID
    somebody: Somebody
    regime: str
    circle: list[Visitor] = field(default_factory=list)
    children: list[Visitor] = field(default_factory=list)
    lawyer: Visitor | None = None

    def approved(self) -> list[Visitor]:
        """Return the adults who may come."""
        return [v for v in self.circle if v.status == "approved"]


def admit_all(house: House) -> Iterator[File]:
    """Admit every prisoner; yield each with the file."""
    prison, chance = house.prison, house.chance
    regimes = [r for r, share in prison.regimes for _ in range(share)]
    conditions = [c for c, share in CONDITIONS for _ in range(share)]
    places = chance.sample(house.cells, k=len(house.cells))
    ages = (19, 62) if not prison.remand else (19, 50)
    for place in range(prison.prisoners):
        somebody = house.people.prisoner(prison.sex, ages)
        status = prison.legal_status(place)
        regime = Regime.SPECIAL if status == "life" else chance.choice(regimes)
        days = chance.randint(5, 300) if prison.remand else chance.randint(30, 2_600)
        admitted = house.start.date() - days * _DAY
        ends = admitted + chance.randint(days + 120, days + 3_600) * _DAY
        draft = Admission(
            person_id=UUID(int=0),
            number=f"{prison.code}-{place + 101:05d}",
            legal_status=status,
            regime=regime,
            conditions="ordinary" if prison.remand else chance.choice(conditions),
            term_ends_on=None if status in {"life", "remand"} else ends,
            cell_id=places[place % len(places)][1],
            identity_confirmed=True,
            demanded_by=_INVESTIGATOR if prison.remand else "",
        )
        yield admit(house, somebody, draft, admitted)


def admit(house: House, somebody: Somebody, draft: Admission, on: date) -> File:
    """Register a person and open their file on an order of that day."""
    by, at = house.by, house.start
    person = persons.register(somebody.person, by=by, at=at)
    values = {n: getattr(draft, n) for n in Admission.__dataclass_fields__}
    order = Order(f"{draft.number}/{on:%y}", on, on)
    row = custody.admit(
        Admission(**values | {"person_id": person.pk}), order, by=by, at=at
    )
    return File(row.pk, person.pk, somebody, draft.regime)


def give_circle(house: House, file: File) -> None:
    """Give a prisoner one to four relatives, some with a child, some still pending."""
    chance = house.chance
    kin = [k for k, share in _KIN for _ in range(share)]
    for number in range(chance.choice((1, 1, 2, 2, 3))):
        kinship = chance.choice(_CLOSE if number == 0 else kin)
        if any(v.kinship == kinship == "spouse" for v in file.circle):
            kinship = "sibling"
        somebody = house.people.relative(file.somebody, kinship)
        status = _status(house, first=number == 0)
        visitor = meet(house, file, somebody, kinship, status)
        if kinship == "spouse" and chance.random() < 0.6:
            child = house.people.child(file.somebody)
            file.children.append(meet(house, file, child, "child", status))
        file.circle.append(visitor)


def give_lawyer(house: House, file: File) -> None:
    """Give a prisoner a lawyer, who needs no approval and no allowance."""
    by, at = house.one_of(Role.REGISTRAR), house.start
    somebody = house.people.relative(file.somebody, "lawyer")
    person = persons.register(somebody.person, by=by, at=at)
    paper = persons.add_document(person.pk, somebody.document, by=by, at=at)
    sex = somebody.person.sex
    file.lawyer = Visitor(person.pk, paper.pk, "lawyer", sex)


def _status(house: House, *, first: bool) -> str:
    if first:
        return "approved"
    draw = house.chance.random()
    return "pending" if draw < 0.12 else "refused" if draw < 0.22 else "approved"


def meet(
    house: House, file: File, somebody: Somebody, kinship: str, status: str
) -> Visitor:
    """Register somebody with their document as a contact of this state."""
    by, at = house.one_of(Role.REGISTRAR), house.start
    person = persons.register(somebody.person, by=by, at=at)
    paper = persons.add_document(person.pk, somebody.document, by=by, at=at)
    row = custody.propose_contact(
        file.prisoner_id, person.pk, kinship, proof=_proof(kinship), by=by, at=at
    )
    boss = house.one_of(Role.SHIFT_SUPERVISOR)
    if status == "approved":
        custody.approve_contact(row.pk, by=boss, at=at)
    elif status == "refused":
        custody.refuse_contact(row.pk, _REFUSED_FOR, by=boss, at=at)
    if house.prison.remand and status == "approved":
        _permit(house, file, person.pk)
    return Visitor(person.pk, paper.pk, kinship, somebody.person.sex, status)


def _proof(kinship: str) -> str:
    if kinship == "spouse":
        return "Нике күбөлүгү"
    return "Туулгандыгы тууралуу күбөлүк" if kinship in _CLOSE else ""


def _permit(house: House, file: File, person_id: UUID) -> None:
    """Enter leave of the court for the months of the demonstration, for most."""
    if house.chance.random() < 0.2:
        return
    starts = house.start.date()
    draft = PermitDraft(
        file.prisoner_id,
        person_id,
        _INVESTIGATOR,
        f"{house.chance.randint(100, 999)}/{starts:%y}",
        starts,
        house.today + 60 * _DAY,
        visits=12,
    )
    custody.permit(draft, by=house.one_of(Role.SHIFT_SUPERVISOR), at=house.start)


def draw_portraits(house: House, files: list[File]) -> None:
    """Draw portraits of some prisoners and of who visits them."""
    at, by = house.start, house.by
    for file in files[: house.scale.photographs]:
        drawn = portraits.draw(file.somebody.person.sex, house.chance)
        persons.store_photo(file.person_id, drawn, by=by, at=at)
        for visitor in file.circle[:1]:
            drawn = portraits.draw(visitor.sex, house.chance)
            photo = persons.store_photo(visitor.person_id, drawn, by=by, at=at)
            visitor.photo_id = photo.pk
