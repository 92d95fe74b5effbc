"""Plan the visits of one prison, day by day: three months back, some days ahead."""

from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from darbaza.accounts.permissions import Role
from darbaza.demo.agenda import Agenda
from darbaza.demo.house import MINUTES, NIGHT_HOUR, NIGHTS, House
from darbaza.demo.parties import Plan, Visiting
from darbaza.demo.register import File, Visitor
from darbaza.visits import services as visits

DAYS_AHEAD: Final = 7
_TURNS: Final = (
    ("", 80), ("by_family", 5), ("not_come", 6), ("by_institution", 2), ("early", 4),
    ("ill", 3),
)  # fmt: skip
_REST: Final = timedelta(days=20)
"""Nobody is visited more often than that, but for lawyers."""


class Planner:
    """Chooses who visits whom when, so that nobody is in two places."""

    def __init__(self, house: House, files: list[File]) -> None:
        self.house = house
        self._waiting = deque(f for f in files if f.circle)
        self._last: dict[UUID, datetime] = {}
        self._lawyers = [f for f in files if f.lawyer]
        self._extra: dict[tuple[date, int], UUID] = {}

    def use(self, sessions: dict[tuple[date, int], UUID]) -> None:
        """Use these sessions made by hand too."""
        self._extra = sessions

    def note_all(self, agenda: Agenda) -> None:
        """Note the first step of every visit in the agenda."""
        first = self.house.start.date() + timedelta(days=1)
        days = (self.house.today - first).days + 1 + DAYS_AHEAD
        every = [first + timedelta(days=number) for number in range(days)]
        # Today comes first, so that nobody's turn is used up when it matters most.
        for day in sorted(every, key=lambda d: (abs(d - self.house.today), d)):
            for plan in self._day(day):
                Visiting(self.house, agenda, plan).begin()

    def _day(self, day: date) -> Iterator[Plan]:
        house, ahead = self.house, (day - self.house.today).days
        busy = house.prison.visits * (4 if ahead == 0 else 1)
        many = busy if ahead <= 0 else max(1, busy // 2)
        for number in range(many):
            hour = house.prison.hours[number % len(house.prison.hours)]
            yield from self._short(day, hour)
        if not house.prison.remand and day.weekday() in {0, 3} and ahead < 4:
            yield from self._long(day)
        yield from self._now(ahead)
        if self._lawyers and house.chance.random() < 0.5 and ahead < 0:
            yield self._lawyer(day)

    def _now(self, ahead: int) -> Iterator[Plan]:
        """Fill the hour of the building where the timetable has none, and the next."""
        hour = self.house.now.hour // 2 * 2
        for later in (0, 2) if ahead == 0 else ():
            key = (self.house.today, hour + later)
            for _ in range(5 if key in self._extra else 0):
                yield from self._short(*key, session=self._extra[key])

    def _short(
        self, day: date, hour: int, session: UUID | None = None
    ) -> Iterator[Plan]:
        starts = self.house.moment(day, hour)
        file = self._next(starts)
        if file is None:
            return
        lead, turn = self._lead(file)
        others = [v for v in file.approved() if v is not lead][:1]
        adults = (lead, *others) if self.house.chance.random() < 0.3 else (lead,)
        yield Plan(
            file,
            adults,
            tuple(file.children[:1]) if lead.status == "approved" else (),
            "short",
            starts,
            starts + timedelta(minutes=MINUTES),
            session or self.session("open", day, hour),
            booked_days=self._notice(day, turn),
            turn=turn,
        )

    def _lead(self, file: File) -> tuple[Visitor, str]:
        """Choose who leads the party, and how the visit turns out."""
        chance = self.house.chance
        doubtful = [v for v in file.circle if v.status != "approved"]
        if doubtful and chance.random() < 0.3:
            lead = doubtful[0]
            director = Role.DIRECTOR in self.house.staff
            lifted = director and lead.status == "refused" and chance.random() < 0.35
            return lead, "override" if lifted else "doubtful"
        turns, shares = zip(*_TURNS, strict=True)
        return chance.choice(file.approved()), chance.choices(turns, shares)[0]

    def _notice(self, day: date, turn: str) -> int:
        ahead, chance = (day - self.house.today).days, self.house.chance
        if turn in {"override", "doubtful"}:
            return 0
        called_off = turn in {"by_family", "by_institution", "not_come"}
        if called_off or ahead > 0 or chance.random() < (0.6 if ahead == 0 else 0.3):
            return max(ahead, 0) + chance.randint(2, 9)
        return 0

    def _long(self, day: date) -> Iterator[Plan]:
        starts = self.house.moment(day, NIGHT_HOUR)
        for _ in range(2):
            file = self._next(starts, kin={"spouse", "parent"})
            if file is None:
                return
            kin = [v for v in file.approved() if v.kinship in {"spouse", "parent"}]
            yield Plan(
                file,
                (kin[0],),
                tuple(file.children[:1]),
                "long",
                starts,
                starts + timedelta(days=NIGHTS),
                self.session("family", day, NIGHT_HOUR),
                booked_days=self.house.chance.randint(5, 20),
            )

    def _lawyer(self, day: date) -> Plan:
        file = self.house.chance.choice(self._lawyers)
        starts = self.house.moment(day, self.house.chance.randint(9, 15), 30)
        lawyers = (file.lawyer,) if file.lawyer else ()
        ends = starts + timedelta(minutes=50)
        return Plan(file, lawyers, (), "lawyer", starts, ends, None)

    def _next(self, starts: datetime, kin: set[str] | None = None) -> File | None:
        """Return the next prisoner whose turn it is, and move them to the end."""
        for _ in range(len(self._waiting)):
            file = self._waiting.popleft()
            self._waiting.append(file)
            last = self._last.get(file.prisoner_id)
            rested = last is None or abs(starts - last) >= _REST
            fits = kin is None or any(v.kinship in kin for v in file.approved())
            if rested and fits and file.approved():
                self._last[file.prisoner_id] = starts
                return file
        return None

    def session(self, room: str, day: date, hour: int) -> UUID:
        """Return the dated session of the timetable, made when first needed."""
        template = self.house.templates[(room, day.weekday(), hour)]
        by = self.house.by
        return visits.session_for(template, day, by=by, at=self.house.start).pk
