"""Restrictions at three levels, pairs kept apart, isolation, quarantine, hospital."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.custody import services as custody
from darbaza.custody.types import Order, RestrictionDraft
from darbaza.demo.house import House
from darbaza.demo.register import File
from darbaza.kernel import ids

DAY: Final = timedelta(days=1)
_DIRECTOR: Final = "Мекеменин начальниги"
_COURT: Final = "Сокулук райондук соту"


def restrict(
    house: House,
    kind: str,
    ground: str,
    reason: str,
    *,
    person_id: UUID | None = None,
    prisoner_id: UUID | None = None,
) -> None:
    """Enter one restriction in force today; its level follows from who is named."""
    chance = house.chance
    starts = house.start.date() - chance.randint(0, 40) * DAY
    draft = RestrictionDraft(
        kind=kind,
        ground=ground,
        starts_on=starts,
        ends_on=house.today + chance.randint(30, 200) * DAY,
        reason=reason,
        authority=_COURT if ground in {"court", "victim"} else _DIRECTOR,
        order_number=f"{chance.randint(10, 480)}",
        person_id=person_id,
        prisoner_id=prisoner_id,
        request_id=ids.new_id(),
    )
    custody.restrict(draft, by=house.one_of(Role.REGISTRAR), at=house.start)


def restrict_some(house: House, files: list[File]) -> None:
    """Enter restrictions of every level; a few more in a larger prison."""
    met = [f for f in files if f.approved()]
    rounds = max(1, len(files) // 60)
    for file in house.chance.sample(met, k=min(len(met), 4 * rounds)):
        _one(house, file, house.chance.randrange(4))
    if met:
        _one(house, met[0], 0)


def _one(house: House, file: File, sort: int) -> None:
    visitor = file.approved()[-1]
    if sort == 0:
        words = "Кабина аркылуу гана: мурунку жолугушууда буюм берүүгө аракет кылган"
        pair = {"person_id": visitor.person_id, "prisoner_id": file.prisoner_id}
        restrict(house, "closed", "prohibited_items", words, **pair)
    elif sort == 1:
        words = "Жабырлануучуну коргоо: соттун токтому"
        restrict(house, "no_children", "child", words, prisoner_id=file.prisoner_id)
    elif sort == 2:
        words = "Жолугушуу байкоо астында өтөт"
        restrict(house, "supervised", "safety", words, prisoner_id=file.prisoner_id)
    elif visitor.kinship == "friend":
        words = "Тыюу салынган буюм алып келген"
        restrict(
            house, "banned", "prohibited_items", words, person_id=visitor.person_id
        )


def keep_some_apart(house: House, files: list[File]) -> None:
    """Keep some pairs apart: co-accused by session, an old quarrel by day."""
    pairs = max(1, len(files) // 80)
    chosen = house.chance.sample(files, k=min(len(files) // 2 * 2, 2 * pairs))
    by = house.one_of(Role.REGISTRAR)
    for one, other in zip(chosen[::2], chosen[1::2], strict=True):
        level = house.chance.choice(("session", "session", "day"))
        words = "Бир иш боюнча соттолгон" if level == "session" else "Жаңжалдашкан"
        pair = (one.prisoner_id, other.prisoner_id)
        custody.keep_apart(*pair, level, words, by=by, at=house.start)


def separate_some(house: House, files: list[File]) -> None:
    """Put some into isolation, quarantine or hospital as things stand today."""
    count = max(1, len(files) // 70)
    chosen = iter(house.chance.sample(files, k=min(len(files), 3 * count)))
    for _round, kind in _kinds(count):
        file = next(chosen, None)
        if file is None:
            return
        began = house.today - house.chance.randint(1, 4) * DAY
        length = {"isolation": 10, "quarantine": 14, "hospital": 0}[kind]
        _separate(house, file, kind, began, length)


def _kinds(count: int) -> Iterator[tuple[int, str]]:
    for number in range(count):
        for kind in ("quarantine", "hospital", "isolation"):
            yield number, kind


def _separate(house: House, file: File, kind: str, began: date, length: int) -> None:
    file.circle.clear()  # nobody comes in the meantime
    at = house.moment(began, 8)
    order = Order(f"{house.chance.randint(100, 900)}", began, began)
    ends = began + length * DAY if length else None
    by = house.one_of(Role.REGISTRAR)
    custody.separate(file.prisoner_id, kind, ends, order, by=by, at=at)
