"""Bags at the inspection: stored, held, found; and patterns in what was sent before.

Told when every prison stands, for somebody who tried to pass a telephone in one of them
tries it again in another.
"""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter

from darbaza.accounts.permissions import Role
from darbaza.accounts.types import Actor
from darbaza.demo.house import House
from darbaza.demo.register import File, Visitor
from darbaza.kernel import ids
from darbaza.parcels import selectors, services
from darbaza.parcels.services import FindingDraft, Look, Move, Upload, Where
from darbaza.parcels.types import Channel, Registration, Wanted

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
DEVICE: Final = "Rapiscan 620DV"
SHELVES: Final = ("А-1", "А-2", "Б-4", "В-2")
_GOODS: Final = (
    (("tea", 2, 200), ("sugar", 1, 1_000), ("candies", 2, 1_000)),
    (("apples", 2, 2_000), ("bread", 2, 1_000)),
    (("soap", 3, 300), ("biscuits", 2, 600)),
    (("canned_meat", 4, 2_000), ("spices", 2, 100)),
)
_HEAVY: Final = (("canned_meat", 30, 15_000), ("sugar", 4, 4_500))
"""Half a kilogram under the limit of a package."""


def tell(built: Sequence[tuple[House, list[File]]]) -> None:
    """Fill the inspection of the prison that shows everything, and of one more."""
    (house, files), *rest = sorted(
        built, key=lambda one: not one[0].prison.round_the_clock
    )
    met = [file for file in files if file.approved()]
    able = [one for one in rest if len(one[0].staff[Role.GATE_OFFICER]) > 1]
    if len(met) < 8 or not able:
        return
    others, their_files = able[0]
    again = met[7].approved()[0]
    _found(others, their_files[0], again, at=others.now - 11 * DAY, number="16/31")
    _ordinary(house, met)
    _found(house, met[7], again, at=house.now - 90 * MINUTE, number="27/204")
    _patterns(house, met)


def _ordinary(house: House, met: list[File]) -> None:
    """Three bags stored, one to be looked at closer, one held, one still waiting."""
    for place, goods in enumerate(_GOODS[:3]):
        at = house.now - (150 - 20 * place) * MINUTE
        bag = _hand_in(house, met[place], met[place].approved()[0], goods, at=at)
        clear = Look("xray", "clear", DEVICE, place=SHELVES[place], uploads=(_x_ray(),))
        _look(house, bag, clear, at=at + 9 * MINUTE)
    at = house.now - 40 * MINUTE
    bag = _hand_in(house, met[3], met[3].approved()[0], _GOODS[3], at=at)
    dense = Look("xray", "look", DEVICE, note="Банканын түбүндө тыгыз зат")
    _look(house, bag, dense, at=at + 6 * MINUTE)
    bag = _hand_in(house, met[4], met[4].approved()[0], _GOODS[1], at=at - 9 * MINUTE)
    held = Move(
        Where.HELD, seal="П-3301", place="Сейф 2", note="Дарыгердин чечими күтүлөт"
    )
    services.hand_on(
        bag, held, request_id=ids.new_id(), by=_officer(house), at=at + 12 * MINUTE
    )
    _hand_in(house, met[5], met[5].approved()[0], _GOODS[2], at=house.now - 8 * MINUTE)


def _found(
    house: House, file: File, sender: Visitor, *, at: datetime, number: str
) -> None:
    """Find a telephone in a loaf: sealed by two, it waits for the investigator."""
    bag = _hand_in(house, file, sender, _GOODS[1], at=at)
    _look(
        house, bag, Look("xray", "found", DEVICE, note="Нандын ичинде буюм",
                         uploads=(_x_ray(phone=True),)), at=at + 7 * MINUTE,
    )  # fmt: skip
    draft = FindingDraft(
        category="phones", offence="phone",
        description="Уюлдук телефон, кара, SIM-картасы жок", protocol=number,
        seal=f"П-{number[-3:].strip('/')}", place="Далилдер сейфи",
        hidden_in="Нандын ичинде", explanation="",
    )  # fmt: skip
    services.find_in_bag(
        bag, draft, second=_second(house),
        request_id=ids.new_id(), by=_officer(house), at=at + 15 * MINUTE,
    )  # fmt: skip


def _patterns(house: House, met: list[File]) -> None:
    """One sender to three prisoners, five senders to one, three times just under 20 kg.

    Each has an ordinary neighbour that no pattern shows: a mother of two.
    """
    days = min(house.scale.days, 60)
    aunt, mother = met[0].approved()[0], met[1].approved()[0]
    for number, file in enumerate(met[:3]):
        at = house.now - (days - 2 * number) * DAY / 2
        _hand_in(house, file, aunt, _GOODS[number], at=at, stored=True)
        if number < 2:
            _hand_in(house, file, mother, _GOODS[number], at=at + DAY, stored=True)
    for number, file in enumerate(met[2:7]):
        at = house.now - (days - number) * DAY / 3
        _hand_in(house, met[6], file.approved()[0], _GOODS[0], at=at, stored=True)
    for number in range(3):
        at = house.now - (days - 3 * number) * DAY / 4
        _hand_in(house, met[4], met[4].approved()[0], _HEAVY, at=at, stored=True)


def _hand_in(
    house: House,
    file: File,
    sender: Visitor,
    goods: Sequence[tuple[str, int, int]],
    *,
    at: datetime,
    stored: bool = False,
) -> UUID:
    """Register a package; return its bag of goods, inspected and stored if asked."""
    by = _officer(house)
    lines = tuple(_line(code, n, grams, by) for code, n, grams in goods)
    wanted = Registration(
        file.prisoner_id, Channel.PACKAGE, ids.new_id(), lines=lines,
        sender_id=sender.person_id, document_id=sender.document_id,
    )  # fmt: skip
    bag = services.register(wanted, by=by, at=at).bags["goods"]
    if stored:
        place = house.chance.choice(SHELVES)
        look = Look("xray", "clear", DEVICE, place=place)
        _look(house, bag, look, at=at + 12 * MINUTE)
    return bag


def _line(code: str, pieces: int, grams: int, by: Actor) -> Wanted:
    (item,) = [i for i in selectors.find_items(code, by=by) if i.code == code]
    return Wanted(item.pk, pieces, grams)


def _look(house: House, bag: UUID, look: Look, *, at: datetime) -> None:
    services.inspect(bag, look, request_id=ids.new_id(), by=_officer(house), at=at)


def _officer(house: House) -> Actor:
    return house.staff[Role.GATE_OFFICER][0]


def _second(house: House) -> Actor:
    """Return somebody else who may inspect; in a small prison the director."""
    ranks = (Role.GATE_OFFICER, Role.SHIFT_SUPERVISOR, Role.DIRECTOR)
    staff = [actor for rank in ranks for actor in house.staff.get(rank, [])]
    return next(actor for actor in staff if actor.id != _officer(house).id)


def _x_ray(*, phone: bool = False) -> Upload:
    """Draw what a device might show: soft shapes, and one that is not soft."""
    chance = Random()  # noqa: S311 - no two pictures are the same
    picture = Image.new("RGB", (640, 420), (246, 244, 236))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((70, 60, 570, 370), 60, outline=(150, 120, 60), width=5)
    for _shape in range(9):
        x, y = chance.randint(110, 440), chance.randint(100, 260)
        size = chance.randint(50, 100)
        colour = (235, chance.randint(150, 200), chance.randint(70, 130))
        draw.ellipse((x, y, x + size, y + size * 0.8), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    if phone:
        draw = ImageDraw.Draw(picture)
        draw.rounded_rectangle((285, 170, 345, 290), 9, fill=(30, 70, 150))
        draw.rectangle((293, 184, 337, 258), fill=(60, 110, 190))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Upload(out.getvalue(), "x-ray", "xray")
