"""What came of many mornings: waits, who was not served, where the slow place is."""

from dataclasses import dataclass, field
from math import ceil

from darbaza.gate.simulation.bound import least_wait
from darbaza.gate.simulation.mornings import Morning, mornings
from darbaza.gate.simulation.scenario import STAGES, TODAY, Scenario, UnusableError, Way
from darbaza.gate.simulation.slots import planned
from darbaza.gate.simulation.stages import Passed, passed

FAMILIES_AT_MOST = 3_000_000
"""Families times days, so that a figure typed wrong does not fill the memory."""
LONG = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures over all families of all mornings; minutes, and shares from 0 to 1."""

    mean: float
    p95: float
    over_60: float
    not_served: float
    """Share of all who want to come that is not through when the doors close, or for
    whom there was no appointment left."""
    moved: float
    """The part of them for whom there was no appointment left."""
    busy: dict[str, float]
    """Share of the open hours in which each stage works."""
    waits: dict[str, float]
    """Minutes that a family waits at each stage, on the mean of all families."""

    @property
    def bottleneck(self) -> str:
        """The stage where most of the waiting happens; the busiest when none does."""
        return max(STAGES, key=lambda stage: (self.waits[stage], self.busy[stage]))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Today against the plan, and the least wait for the plan's arrivals."""

    today: Outcome
    plan: Outcome
    lower_bound: float


@dataclass(slots=True)
class _Tally:
    """Counts mornings as they pass."""

    scenario: Scenario
    waits: list[float] = field(default_factory=list)
    unserved: int = 0
    by_stage: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))
    work: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0))

    def add(self, morning: Morning, through: Passed) -> None:
        """Count one morning."""
        closes = self.scenario.open_minutes
        families = zip(
            morning.arrivals, morning.parcel, morning.registration, morning.second,
            morning.visit, through.registration, through.second, through.visit,
            strict=True,
        )  # fmt: skip
        wait, work = self.by_stage, self.work
        for came, parcel, first, second, visit, at_1, at_2, at_3 in families:
            stage = "inspection" if parcel else "search"
            one, two = at_1 - came, at_2 - at_1 - first
            three = 0.0 if parcel else at_3 - at_2 - second
            wait["registration"] += one
            wait[stage] += two
            work["registration"] += _within(at_1, first, closes)
            work[stage] += _within(at_2, second, closes)
            if not parcel:
                wait["visit_room"] += three
                work["visit_room"] += _within(at_3, visit, closes)
            self.waits.append(one + two + three)
            self.unserved += at_3 > closes

    def outcome(self, way: Way, days: int) -> Outcome:
        """Return the figures."""
        day, staff = self.scenario.day, self.scenario.staff
        moved = planned(self.scenario, way).moved / day.families
        servers = (staff.clerks, staff.inspectors, staff.search_officers, staff.seats)
        count = max(len(self.waits), 1)
        ordered = sorted(self.waits) or [0.0]
        whole = days * self.scenario.open_minutes
        return Outcome(
            mean=sum(ordered) / count,
            p95=ordered[ceil(0.95 * len(ordered)) - 1],
            over_60=sum(wait > LONG for wait in ordered) / count,
            not_served=moved + (1 - moved) * self.unserved / count,
            moved=moved,
            busy={
                stage: self.work[stage] / (whole * some)
                for stage, some in zip(STAGES, servers, strict=True)
            },
            waits={stage: self.by_stage[stage] / count for stage in STAGES},
        )


def simulate(scenario: Scenario, way: Way, *, days: int, seed: int) -> Outcome:
    """Return what one way of working comes to.

    Raises:
        UnusableError: No day, or more than a computer should be asked for.
    """
    check_days(scenario, days)
    tally = _Tally(scenario)
    for morning in mornings(scenario, way, days=days, seed=seed):
        tally.add(morning, passed(morning, scenario.staff, express=way.express))
    return tally.outcome(way, days)


def compare(scenario: Scenario, *, days: int, seed: int) -> Comparison:
    """Return today against the scenario's plan.

    Raises:
        UnusableError: See ``simulate``.
    """
    today = simulate(scenario, TODAY, days=days, seed=seed)
    way, tally, least, people = scenario.plan, _Tally(scenario), 0.0, 0
    for morning in mornings(scenario, way, days=days, seed=seed):
        tally.add(morning, passed(morning, scenario.staff, express=way.express))
        least += least_wait(morning, scenario.staff)
        people += len(morning.arrivals)
    return Comparison(today, tally.outcome(way, days), least / max(people, 1))


def check_days(scenario: Scenario, days: int) -> None:
    """Refuse a number of days that makes no sense.

    Raises:
        UnusableError: None, or too many for the number of families.
    """
    most = FAMILIES_AT_MOST // scenario.day.families
    if not 1 <= days <= most:
        raise UnusableError("days", f"a whole number from 1 to {most}")


def _within(begun: float, minutes: float, closes: float) -> float:
    """Return the part of some work that falls into the open hours."""
    if begun + minutes <= closes:
        return minutes
    return max(0.0, closes - begun)
