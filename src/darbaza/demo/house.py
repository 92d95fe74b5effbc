"""One prison being built: its rooms, cells, posts, staff and timetable."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import ROLES, Role
from darbaza.accounts.types import Actor, UserDraft, system
from darbaza.demo import users
from darbaza.demo.people import People
from darbaza.demo.prisons import Prison, Scale
from darbaza.kernel import ids
from darbaza.sites import services as sites
from darbaza.sites.types import InstitutionDraft, Names, SeatRange
from darbaza.visits import services as visits

MINUTES = 120
NIGHT_HOUR, NIGHTS = 10, 3
CELL_PLACES = 10
_ROOMS = (
    ("open", Names("Жолугушуу залы", "Зал свиданий", "Visiting hall"), 4),
    ("closed", Names("Айнектүү кабиналар", "Кабины со стеклом", "Glass booths"), 2),
    ("family", Names("Үй-бүлө бөлмөлөрү", "Семейные комнаты", "Family rooms"), 4),
    ("lawyer", Names("Адвокаттар бөлмөсү", "Комната адвокатов", "Lawyers' room"), 2),
)
_POSTS = (
    ("window", Names("1-терезе", "Окно 1", "Window 1")),
    ("window", Names("2-терезе", "Окно 2", "Window 2")),
    ("gate", Names("Ички дарбаза", "Внутренние ворота", "Inner gate")),
    ("office", Names("Смена бөлмөсү", "Дежурная часть", "Shift office")),
)


@dataclass(slots=True)
class House:
    """What every builder of one prison needs."""

    prison: Prison
    scale: Scale
    by: Actor
    """The demonstration's own name, at this prison."""
    people: People
    chance: Random
    start: datetime
    now: datetime
    staff: dict[Role, list[Actor]] = field(default_factory=dict)
    cells: list[tuple[UUID, UUID]] = field(default_factory=list)
    """Block and cell, each as often as it has places."""
    rooms: dict[str, UUID] = field(default_factory=dict)
    templates: dict[tuple[str, int, int], UUID] = field(default_factory=dict)
    """By kind, weekday and hour."""

    def one_of(self, role: Role) -> Actor:
        """Return somebody who holds the role here."""
        return self.chance.choice(self.staff[role])

    @property
    def today(self) -> date:
        """The local day of the building."""
        return self.now.date()

    def moment(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return a local time of a day."""
        return datetime.combine(day, time(hour, minute), tzinfo=self.now.tzinfo)


def institution(draft: InstitutionDraft, *, at: datetime) -> Actor:
    """Make an institution; return the demonstration's own name there."""
    by = system("darbaza demo")
    row = sites.create_institution(draft, by=by, at=at)
    return replace(by, institution_id=row.pk, sees=frozenset({row.pk}))


def hire(code: str, *, by: Actor, at: datetime) -> dict[Role, list[Actor]]:
    """Make the published users of an institution; return whom they act as."""
    staff: dict[Role, list[Actor]] = {}
    for user in (u for u in users.USERS if u.prison == code):
        key = ids.new_id()
        roles = frozenset({user.role, *user.also})
        draft = UserDraft(
            key,
            user.username,
            user.full_name,
            roles,
            user.rank,
            user.language,
            demonstration=True,
        )
        accounts.create_user(
            draft, password=users.PASSWORD, hashed=_hashed(), by=by, at=at
        )
        if user.second_factor:
            accounts.enrol(key, users.SECRET, users.RECOVERY_CODES, by=by, at=at)
        actor = Actor(
            key,
            user.full_name,
            by.institution_id,
            by.sees,
            frozenset().union(*(ROLES[role] for role in roles)),
            roles,
            user.language,
        )
        for role in roles:
            staff.setdefault(role, []).append(actor)
    return staff


@cache
def _hashed() -> str:
    return make_password(users.PASSWORD)


def furnish(house: House) -> None:
    """Add blocks, cells, rooms with seats, posts and the weekly timetable."""
    by, at, prison = house.by, house.start, house.prison
    per_block = -(-prison.prisoners * 6 // (5 * CELL_PLACES * prison.blocks))
    for number in range(1, prison.blocks + 1):
        block = sites.add_block(str(number), by=by, at=at)
        for cell in range(1, per_block + 1):
            row = sites.add_cell(block.pk, f"{cell}", places=CELL_PLACES, by=by, at=at)
            house.cells += [(block.pk, row.pk)] * CELL_PLACES
    seats = {"open": prison.tables, "closed": 6, "family": 6, "lawyer": 3}
    for kind, names, people in _ROOMS:
        room = sites.add_room(names, kind, by=by, at=at)
        sites.add_seats(room.pk, SeatRange(1, seats[kind], people), by=by, at=at)
        house.rooms[kind] = room.pk
    for kind, names in _POSTS:
        sites.add_post(names, kind, by=by, at=at)
    _timetable(house)


def _timetable(house: House) -> None:
    for weekday in range(7):
        for hour in house.prison.hours:
            _template(house, "short", "open", weekday, hour)
    if not house.prison.remand:
        for weekday in (0, 3):
            _template(house, "long", "family", weekday, NIGHT_HOUR)
    # Behind glass: the booths have their own hours, once a day.
    for weekday in range(7):
        _template(house, "short", "closed", weekday, house.prison.hours[-1])


_NAMES = {
    "open": Names("Кыска жолугушуу", "Краткосрочное свидание", "Short visit"),
    "closed": Names("Айнек аркылуу", "Через стекло", "Behind glass"),
    "family": Names("Узак жолугушуу", "Длительное свидание", "Long visit"),
}


def _template(house: House, kind: str, room: str, weekday: int, hour: int) -> None:
    names, places = _NAMES[room], 6 if room != "open" else house.prison.tables
    closed = room == "closed"
    row = visits.add_template(
        visits.TemplateDraft(
            names.ky,
            names.ru,
            names.en,
            kind,
            house.rooms[room],
            weekday,
            time(hour),
            NIGHTS * 24 * 60 if kind == "long" else MINUTES,
            open_places=0 if closed else places,
            closed_places=places if closed else 0,
            valid_from=(house.start - timedelta(days=7)).date(),
        ),
        request_id=ids.new_id(),
        by=house.by,
        at=house.start,
    )
    house.templates[(room, weekday, hour)] = row.pk


def open_at_any_hour(house: House, days: int = 14) -> dict[tuple[date, int], UUID]:
    """Add sessions by hand outside the hours of the timetable, from today on.

    Somebody who tries the demonstration in the evening finds a session too.
    """
    made = {}
    hours = [h for h in range(0, 24, 2) if h not in house.prison.hours]
    for day in (house.today + timedelta(days=n) for n in range(days)):
        for hour in hours:
            starts = house.moment(day, hour)
            draft = visits.SessionDraft(
                "short",
                house.rooms["open"],
                starts,
                starts + timedelta(minutes=MINUTES),
                open_places=house.prison.tables,
                closed_places=0,
            )
            row = visits.add_session(
                draft, request_id=ids.new_id(), by=house.by, at=house.start
            )
            made[(day, hour)] = row.pk
    return made
