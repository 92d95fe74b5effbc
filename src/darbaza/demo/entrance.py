"""The rest of the entrance: lockers, badges, staff, a delivery, the shift of today."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.demo.agenda import Agenda
from darbaza.demo.house import House
from darbaza.gate import selectors as gate
from darbaza.gate import services
from darbaza.gate.types import (
    BadgeDraft,
    DepositDraft,
    ItemDraft,
    PassageDraft,
    SearchDraft,
    VehicleDraft,
)
from darbaza.kernel import ids

MINUTE: Final = timedelta(minutes=1)
LOCKERS: Final = "1-40"
BADGES: Final = 14
KEPT_FOR: Final = timedelta(hours=8)
"""Lockers came into use this morning."""
_FIRMS: Final = ("«Ысык-Көл Курулуш» ЖЧК", "«Ак-Суу Нан» ЖЧК")
_THINGS: Final = (
    (ItemDraft("phone"),),
    (ItemDraft("phone"), ItemDraft("bag", 1, "кара")),
    (ItemDraft("phone", 2), ItemDraft("keys"), ItemDraft("purse")),
    (ItemDraft("bag", 2), ItemDraft("medicine", 1, "кан басымга каршы")),
)


def furnish(house: House) -> None:
    """Number the lockers; give badges to those who come every day."""
    by, at = house.by, house.start
    services.add_lockers(LOCKERS, by=by, at=at)
    if not house.prison.round_the_clock:
        return
    for number in range(1, BADGES + 1):
        staff = number < BADGES - 2
        draft = BadgeDraft(
            f"{house.prison.code}{number:04d}",
            _name(house),
            "staff" if staff else "contractor",
            "" if staff else _FIRMS[0],
        )
        services.add_badge(draft, by=by, at=at)


def tell(house: House, agenda: Agenda) -> None:
    """Note this morning: the shift, who came to work, what was delivered."""
    if not house.prison.round_the_clock:
        return
    began = house.now - 195 * MINUTE
    agenda.note(began - timedelta(hours=12), partial(_open, house))
    agenda.note(began, partial(_hand_over, house))
    badges = [row.number for row in gate.badges(by=house.by).order_by("number")]
    for place, number in enumerate(badges[:11]):
        came = began + (4 + 7 * place) * MINUTE
        agenda.note(came, partial(_scan, house, number))
        if place % 4 == 3:
            agenda.note(came + 50 * MINUTE, partial(_scan, house, number))
    agenda.note(house.now - 46 * MINUTE, partial(_deliver, house))
    agenda.note(house.now - 33 * MINUTE, partial(_repair, house))
    agenda.note(house.now - 21 * MINUTE, partial(_money, house))


def leave_things(house: House, visitor_id: UUID, at: datetime) -> UUID | None:
    """Leave what visitors bring, this morning; return the deposit."""
    if at < house.now - KEPT_FOR:
        return None
    by = house.one_of(Role.GATE_OFFICER)
    free = gate.free_lockers(by=by)
    draft = DepositDraft(
        _THINGS[at.minute % len(_THINGS)],
        free[0].pk if free else None,
        visitor_id=visitor_id,
    )
    return services.take(draft, request_id=ids.new_id(), by=by, at=at).pk


def fetch_things(house: House, deposit_id: UUID, at: datetime) -> None:
    """Have everything back on the way out."""
    by = house.one_of(Role.GATE_OFFICER)
    services.give_back(deposit_id, request_id=ids.new_id(), by=by, at=at)


def _name(house: House) -> str:
    person = house.people.prisoner(house.chance.choice("FM"), (22, 58)).person
    return f"{person.surname} {person.given_names}"


def _open(house: House, at: datetime) -> None:
    night = house.staff[Role.GATE_OFFICER][-1]
    services.open_shift(request_id=ids.new_id(), by=night, at=at)


def _hand_over(house: House, at: datetime) -> None:
    night, day = house.staff[Role.GATE_OFFICER][-1], house.staff[Role.SHIFT_SUPERVISOR]
    row = gate.shift_running(by=night)
    if row is not None:
        services.hand_over(
            row.pk, {}, taking=day[0], note="Баары тынч. 12-ячейканын кулпусу катуу.",
            request_id=ids.new_id(), by=night, at=at,
        )  # fmt: skip


def _scan(house: House, number: str, at: datetime) -> None:
    by = house.one_of(Role.GATE_OFFICER)
    services.scan_badge(number, request_id=ids.new_id(), by=by, at=at)


def _deliver(house: House, at: datetime) -> None:
    driver = PassageDraft(_name(house), "delivery", organisation=_FIRMS[1])
    draft = VehicleDraft(
        "01KG000ZZ", "van", driver, organisation=_FIRMS[1],
        purpose="Нан жеткирүү", load="Нан, 240 даана", seals="0017",
    )  # fmt: skip
    search = SearchDraft(mirror=True, load=True)
    by = house.one_of(Role.GATE_OFFICER)
    services.drive_in(draft, search, request_id=ids.new_id(), by=by, at=at)


def _repair(house: House, at: datetime) -> None:
    draft = PassageDraft(
        _name(house), "contractor", document="ZZ0009001", organisation=_FIRMS[0],
        purpose="Кабинанын айнегин алмаштыруу", place="Айнектүү кабиналар", card="К-3",
    )  # fmt: skip
    by = house.one_of(Role.GATE_OFFICER)
    services.come_in(draft, request_id=ids.new_id(), by=by, at=at)


def _money(house: House, at: datetime) -> None:
    by = house.one_of(Role.GATE_OFFICER)
    services.note_money(request_id=ids.new_id(), by=by, at=at)
