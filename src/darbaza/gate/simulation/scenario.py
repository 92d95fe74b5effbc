"""One entrance on one day: what a simulation is asked about.

Every figure has its unit in its name or in the line below it, and its bounds beside its
type; a figure out of bounds is refused with one line that names it. Minutes count from
the opening of the doors.
"""

import math
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Annotated, Any, get_args, get_type_hints

REGISTRATIONS = ("paper", "scan")
APPOINTMENTS = ("none", "even", "early_extra", "dome")
STAGES = ("registration", "inspection", "search", "visit_room")


class UnusableError(ValueError):
    """A figure that no day can have; ``field`` is its dotted name."""

    def __init__(self, name: str, why: str) -> None:
        self.field = name
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True, slots=True)
class Between:
    """The bounds of a figure, both allowed."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OneOf:
    """The words that may stand here."""

    words: tuple[str, ...]


Share = Annotated[float, Between(0, 1)]
Minutes = Annotated[float, Between(0.1, 480)]


@dataclass(frozen=True, slots=True)
class Day:
    """Who comes, and how long the doors are open."""

    families: Annotated[int, Between(1, 2000)] = 120
    hours: Annotated[float, Between(1, 16)] = 4
    parcels: Share = 0.45
    """Share that brings a parcel; all others come for a visit."""
    known: Share = 0.7
    """Share that has been here before."""


@dataclass(frozen=True, slots=True)
class Staff:
    """How many serve at each stage at the same time."""

    clerks: Annotated[int, Between(1, 50)] = 3
    inspectors: Annotated[int, Between(1, 50)] = 2
    search_officers: Annotated[int, Between(1, 50)] = 2
    seats: Annotated[int, Between(1, 500)] = 20
    """Places in the visit room: one visiting family each."""


@dataclass(frozen=True, slots=True)
class Service:
    """Mean minutes for one family at each stage."""

    paper: Minutes = 9
    scan: Minutes = 1.5
    """Registration by scan of somebody who is known."""
    first_time: Minutes = 4
    """Registration by scan of somebody who comes for the first time."""
    express: Minutes = 0.75
    """Registration by scan of somebody known, at a window of their own."""
    inspection: Minutes = 5
    inspection_listed: Minutes = 3.75
    """Inspection of a parcel whose list was sent ahead."""
    search: Minutes = 3
    visit: Minutes = 40
    variation: Annotated[float, Between(0, 2)] = 0.45
    """Standard deviation as a share of the mean; times are log-normal."""


@dataclass(frozen=True, slots=True)
class FirstCome:
    """When families come who have no appointment."""

    before_doors: Share = 0.4
    """Share that stands there when the doors open."""
    peak_minute: Annotated[float, Between(0, 960)] = 30
    """When most of the others come; fewer and fewer later on."""
    until: Annotated[float, Between(0.05, 1)] = 0.8
    """Share of the day after which nobody comes any more."""


@dataclass(frozen=True, slots=True)
class Booking:
    """How appointments are made and kept."""

    slot_minutes: Annotated[float, Between(5, 120)] = 15
    until: Annotated[float, Between(0.05, 1)] = 0.8
    """Share of the day in which slots begin."""
    no_show: Annotated[float, Between(0, 0.5)] = 0.1
    walk_in: Share = 0.15
    """Share of the families that comes without an appointment all the same."""
    early_minutes: Annotated[float, Between(-60, 60)] = 6
    """How early people are, on average."""
    spread_minutes: Annotated[float, Between(0, 120)] = 9
    """Standard deviation of that."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of working at the entrance."""

    registration: Annotated[str, OneOf(REGISTRATIONS)] = "scan"
    appointments: Annotated[str, OneOf(APPOINTMENTS)] = "even"
    express: bool = True
    """One window serves those who are known; with a single clerk there is none."""
    lists: bool = True
    """Families that are known send the list of their parcel ahead."""


TODAY = Way(registration="paper", appointments="none", express=False, lists=False)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything a simulation is asked about.

    Raises:
        UnusableError: A figure is out of its bounds, or of another kind.
    """

    day: Day = field(default_factory=Day)
    staff: Staff = field(default_factory=Staff)
    minutes: Service = field(default_factory=Service)
    first_come: FirstCome = field(default_factory=FirstCome)
    booking: Booking = field(default_factory=Booking)
    plan: Way = field(default_factory=Way)

    def __post_init__(self) -> None:
        for section in fields(self):
            _check(section.name, getattr(self, section.name))
        if self.slots < 1:
            raise UnusableError("booking.slot_minutes", "no slot fits into the day")

    @property
    def open_minutes(self) -> float:
        """How long the doors are open."""
        return self.day.hours * 60

    @property
    def slots(self) -> int:
        """How many whole slots there are."""
        span = self.open_minutes * self.booking.until
        return int(span // self.booking.slot_minutes)


def read(given: Any) -> Scenario:
    """Make a scenario of nested mappings, as a YAML file gives them.

    What is left out takes the standard day's figure.

    Raises:
        UnusableError: No mapping, an unknown name, a figure out of bounds.
    """
    sections = _mapping("scenario", given)
    known = {f.name: f.default_factory for f in fields(Scenario)}
    _only("scenario", sections, known)
    made = {
        name: _section(name, known[name], value) for name, value in sections.items()
    }
    return Scenario(**made)


def bounds(section: type, name: str) -> Between:
    """Return the bounds of a figure, for forms."""
    found: Between = get_args(get_type_hints(section, include_extras=True)[name])[1]
    return found


def _section(name: str, kind: Any, value: Any) -> Any:
    figures = _mapping(name, value)
    _only(name, figures, [f.name for f in fields(kind)])
    return kind(**figures)


def _mapping(name: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise UnusableError(name, "names with figures are wanted here")
    return given


def _only(where: str, given: Any, known: Any) -> None:
    for name in given:
        if name not in known:
            shown = str(name)[:40]
            raise UnusableError(where, f"no such name: {shown}")


def _check(name: str, section: Any) -> None:
    if not is_dataclass(section):
        raise UnusableError(name, "names with figures are wanted here")
    for key, hint in get_type_hints(type(section), include_extras=True).items():
        dotted, value = f"{name}.{key}", getattr(section, key)
        if hint is bool:
            if not isinstance(value, bool):
                raise UnusableError(dotted, "true or false is wanted here")
            continue
        kind, rule = get_args(hint)
        if isinstance(rule, OneOf):
            if value not in rule.words:
                raise UnusableError(dotted, f"one of {', '.join(rule.words)}")
        else:
            _check_figure(dotted, value, kind, rule)


def _check_figure(dotted: str, value: Any, kind: type, rule: Between) -> None:
    allowed: tuple[type, ...] = (int,) if kind is int else (int, float)
    right = isinstance(value, allowed) and not isinstance(value, bool)
    if not right or not math.isfinite(value) or not rule.low <= value <= rule.high:
        word = "a whole number" if kind is int else "a number"
        raise UnusableError(dotted, f"{word} from {rule.low:g} to {rule.high:g}")
