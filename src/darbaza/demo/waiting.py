"""The queue of the demonstration: lanes, a week of numbers, who waits now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.accounts.types import Actor
from darbaza.demo.agenda import Agenda
from darbaza.demo.house import House
from darbaza.gate import selectors as gate
from darbaza.gate import services
from darbaza.gate.queueing import State, Step
from darbaza.gate.services.tickets import Wanted
from darbaza.gate.types import LaneDraft, TimingDraft
from darbaza.kernel import ids
from darbaza.sites import selectors as sites
from darbaza.sites.types import Names

MINUTE: Final = timedelta(minutes=1)
USED_FOR: Final = timedelta(days=7)
"""Numbers came into use a week ago."""
TIMED: Final = 60
"""Families timed with a stop-watch before that; invented, as everything here."""
_LANES: Final = (
    LaneDraft("V", "visit", Names("Жолугушуу", "Свидание", "Visit"), 1, 0, 4, 30),
    LaneDraft(
        "P", "parcel",
        Names("Таңгак, посылка", "Передача, посылка", "Package or parcel"),
        2, 0, 6, 40,
    ),
    LaneDraft(
        "L", "lawyer", Names("Адвокат", "Адвокат", "Lawyer or official"), 3, 30, 4, 15
    ),
    LaneDraft(
        "M", "mother",
        Names("Жаш бала менен", "С маленьким ребёнком", "With a small child"),
        4, 15, 5, 20,
    ),
    LaneDraft(
        "D", "disabled",
        Names(
            "Майыптыгы бар, улгайган, оорулуу", "С инвалидностью, пожилые, больные",
            "With a disability, old or ill",
        ),
        5, 15, 6, 20,
    ),
    LaneDraft(
        "E", "express",
        Names(
            "Мурда келген, тизмеси жөнөтүлгөн", "Уже бывали, список прислан",
            "Been here before, list sent ahead",
        ),
        6, 5, 2, 15,
    ),
)  # fmt: skip
_NOW: Final = (("V", 21), ("P", 17), ("V", 12), ("M", 8), ("E", 5), ("P", 2))
"""Who waits at the end of the story: lane, and minutes since the number was taken."""


def furnish(house: House) -> None:
    """Set up the lanes and enter the timings of the paper process."""
    by, at = house.by, house.start
    rows = [services.set_lane(draft, by=by, at=at) for draft in _LANES]
    chance = Random(f"paper {house.prison.code}")  # noqa: S311 - the same each time
    for number in range(TIMED):
        draft = TimingDraft(
            (at - timedelta(days=1 + number % 10)).date(),
            rows[number % 2].pk,
            wait=chance.randint(25, 150) * 60,
            desk=chance.randint(330, 840),
            to_search=chance.randint(60, 900),
            search=chance.randint(90, 420),
        )
        services.enter_timing(draft, request_id=ids.new_id(), by=by, at=at)


def tell(house: House, agenda: Agenda) -> None:
    """Let some wait now, and two stand before the windows."""
    if not house.prison.round_the_clock:
        return
    for prefix, ago in (("V", 34), ("P", 29), *_NOW):
        agenda.note(house.now - ago * MINUTE, partial(_take_now, house, prefix))
    agenda.note(house.now - MINUTE, partial(_call_two, house))


def _take_now(house: House, prefix: str, at: datetime) -> None:
    _take(house, prefix, at)


def _call_two(house: House, at: datetime) -> None:
    by = _officer(house)
    for window in list(_free(house, by, at))[:2]:
        services.call_next(window, by=by, at=at)


class Number:
    """The number of one party, from the kiosk to the window."""

    def __init__(self, house: House, agenda: Agenda) -> None:
        self._house, self._agenda = house, agenda
        self._ticket: UUID | None = None

    def note(self, comes: datetime, kind: str) -> None:
        """Note that a party takes a number and is called before it is registered."""
        if comes < self._house.now - USED_FOR:
            return
        chance = Random(f"{self._house.prison.code} {comes}")  # noqa: S311 - as above
        wait = chance.choice((2, 3, 4, 6, 9, 14, 22))
        prefix = "L" if kind == "lawyer" else chance.choice("VVVVMDE")
        called = comes - chance.randint(2, 4) * MINUTE
        taken = called - wait * MINUTE
        self._agenda.note(taken, partial(self._take, prefix))
        self._agenda.note(called, self._call)

    def _take(self, prefix: str, at: datetime) -> None:
        self._ticket = _take(self._house, prefix, at)

    def _call(self, at: datetime) -> None:
        """Call the party at the first free window; where none is, nobody calls it."""
        by = _officer(self._house)
        if self._ticket is None:
            return
        for window in _free(self._house, by, at):
            services.call_ticket(self._ticket, window, by=by, at=at)
            return
        services.step_ticket(self._ticket, Step.GONE, by=by, at=at)
        self._ticket = None

    def served(self, visit_id: UUID, at: datetime) -> None:
        """Stamp what the desk stamps when it has registered a party."""
        if self._ticket is not None:
            by = _officer(self._house)
            services.link_visit(self._ticket, visit_id, by=by, at=at)


def _take(house: House, prefix: str, at: datetime) -> UUID:
    by = _officer(house)
    lane = gate.lanes(by=by).get(prefix=prefix)
    wanted = Wanted(lane.pk, "kiosk")
    return services.take_ticket(wanted, request_id=ids.new_id(), by=by, at=at).pk


def _officer(house: House) -> Actor:
    return house.staff[Role.GATE_OFFICER][0]


def _free(house: House, by: Actor, at: datetime) -> Iterator[UUID]:
    """Yield the windows where nobody is called who has not come yet."""
    rows = sites.posts(house.by.institution_id, by=house.by).filter(kind="window")
    for row in rows:
        hand = gate.at_window(row.pk, by=by, at=at)
        if hand is None or hand.state != State.CALLED:
            yield row.pk
