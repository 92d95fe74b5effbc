"""Two weeks of packages: delivered, in the store, late, refused, out on a round."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.demo.agenda import Agenda
from darbaza.demo.house import House
from darbaza.demo.register import File
from darbaza.kernel import ids
from darbaza.parcels import selectors, services
from darbaza.parcels.types import Channel, Registration, Wanted

DAYS: Final = 14
ROUND: Final = (15, 0)
"""When the store is emptied on an ordinary day."""
MINUTE: Final = timedelta(minutes=1)
_BASKETS: Final = (
    (("tea", 3), ("sugar", 2), ("biscuits", 4), ("soap", 3)),
    (("noodles", 10), ("canned_meat", 4), ("tea", 2), ("candies", 2)),
    (("socks", 5), ("underwear", 3), ("soap", 2), ("toothpaste", 2)),
    (("bread", 2), ("sausage", 2), ("apples", 3), ("tea", 1)),
    (("boorsok", 2), ("honey", 1), ("dried_fruit", 2), ("nuts", 2)),
)
_PERISHABLE: Final = (("sausage", 2), ("bread", 2), ("boorsok", 1))
_REFUSED: Final = "Бул адамдан албайм деди"
_SHELF: Final = "стеллаж"


class Sendings:
    """What families of one prison hand in, and what becomes of it."""

    def __init__(self, house: House, files: list[File]) -> None:
        self.house = house
        self.files = [file for file in files if file.approved()]
        found = selectors.shelves(house.today)
        self.goods = {item.code: item for shelf in found for item in shelf.items}

    def note_all(self, agenda: Agenda) -> None:
        """Put two weeks on the agenda, up to what lies there now."""
        if not self.files:
            return
        chance, now = self.house.chance, self.house.now
        many = min(4, 1 + self.house.prison.prisoners // 40)
        for ago in range(DAYS, -1, -1):
            day = self.house.today - timedelta(days=ago)
            for _one in range(many):
                at = self.house.moment(day, chance.randint(9, 13), chance.randrange(60))
                agenda.note(at, partial(self._hand_in, agenda, chance.choice(_BASKETS)))
            if ago:
                at = self.house.moment(day, *ROUND)
                agenda.note(at, partial(self._round, refuse=ago == 1))
        # Handed in after the last round: what is in it does not keep.
        evening = self.house.moment(self.house.today - timedelta(days=1), 17)
        agenda.note(evening, partial(self._hand_in, agenda, _PERISHABLE))
        agenda.note(now - 20 * MINUTE, self._begin_round)

    def _hand_in(
        self, agenda: Agenda, basket: tuple[tuple[str, int], ...], at: datetime
    ) -> None:
        file = self.house.chance.choice(self.files)
        sender = self.house.chance.choice(file.approved())
        lines = tuple(
            Wanted(item.pk, count, count * (item.piece_g or 200))
            for code, count in basket
            if (item := self.goods.get(code))
        )
        wanted = Registration(
            file.prisoner_id, Channel.PACKAGE, ids.new_id(), lines,
            sender_id=sender.person_id, document_id=sender.document_id,
        )  # fmt: skip
        by = self.house.one_of(Role.GATE_OFFICER)
        done = services.register(wanted, by=by, at=at)
        bag = done.bags.get("goods")
        if bag and done.status == "registered":
            agenda.note(at + 25 * MINUTE, partial(self._store, bag))

    def _store(self, bag_id: UUID, at: datetime) -> None:
        by = self.house.one_of(Role.GATE_OFFICER)
        place = f"{_SHELF} {self.house.chance.choice('АБВ')}"
        for to, where in (
            (services.Where.INSPECTION, ""),
            (services.Where.STORE, place),
        ):
            step = services.Move(to, place=where)
            services.move(bag_id, step, request_id=ids.new_id(), by=by, at=at)

    def _round(self, at: datetime, *, refuse: bool) -> None:
        by = self.house.one_of(Role.GATE_OFFICER)
        blocks = [one.key for one in selectors.waiting_blocks(by=by, at=at)]
        if not blocks:
            return
        bags = services.take_out(blocks, request_id=ids.new_id(), by=by, at=at)
        for number, bag in enumerate(bags, start=1):
            said: dict[str, Any] = {
                "request_id": ids.new_id(), "by": by, "at": at + number * MINUTE
            }  # fmt: skip
            if refuse and number == 1:
                why = services.Missed.REFUSED
                services.miss(bag.pk, why, reason=_REFUSED, **said)
            else:
                services.deliver(bag.pk, services.Receipt(), **said)

    def _begin_round(self, at: datetime) -> None:
        """Take one block out today; what does not keep stays behind, and is late."""
        by = self.house.one_of(Role.GATE_OFFICER)
        blocks = [
            one for one in selectors.waiting_blocks(by=by, at=at) if not one.perishable
        ]
        if blocks:
            services.take_out([blocks[0].key], request_id=ids.new_id(), by=by, at=at)
