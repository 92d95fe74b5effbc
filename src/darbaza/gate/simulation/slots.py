"""Appointments: how many a morning bears, and when they are.

The number is capped by the slowest stage: no more families than keep every stage at
85% of its time, since above that the queue grows faster than it shrinks.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from darbaza.appointments.policies import DOME, EARLY_EXTRA, served
from darbaza.gate.simulation.scenario import Scenario, Way


@dataclass(frozen=True, slots=True)
class Planned:
    """The families of a morning, by what they come for."""

    parcels: float
    visits: float
    moved: float = 0.0
    """Families for whom there is no room: they are offered another day."""

    @property
    def families(self) -> int:
        """How many are expected."""
        return round(self.parcels + self.visits)


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of the plan: when it begins and how many may book it."""

    minute: float
    """After the doors open."""
    parcels: int
    visits: int

    @property
    def places(self) -> int:
        """All that may be booked."""
        return self.parcels + self.visits


def planned(scenario: Scenario, way: Way) -> Planned:
    """Return how many families of each kind the morning takes.

    Without appointments everybody comes, whether there is room or not.
    """
    day = scenario.day
    parcels = day.families * day.parcels
    visits = day.families - parcels
    if way.appointments == "none":
        return Planned(parcels, visits)
    taken = Planned(
        min(parcels, _most_parcels(scenario, way)), min(visits, _most_visits(scenario))
    )
    most = _served(scenario, scenario.staff.clerks, registration(scenario, way))
    part = min(1.0, most / max(taken.parcels + taken.visits, 1.0))
    whole = min(1.0, max(part, 1 / day.families))
    parcels, visits = taken.parcels * whole, taken.visits * whole
    return Planned(parcels, visits, max(0.0, day.families - parcels - visits))


def registration(scenario: Scenario, way: Way) -> float:
    """Return the mean minutes of a registration."""
    minutes, known = scenario.minutes, scenario.day.known
    if way.registration == "paper":
        return minutes.paper
    quick = minutes.express if way.express else minutes.scan
    return known * quick + (1 - known) * minutes.first_time


def inspection(scenario: Scenario, way: Way) -> float:
    """Return the mean minutes of an inspection."""
    minutes = scenario.minutes
    listed = scenario.day.known if way.lists else 0.0
    return listed * minutes.inspection_listed + (1 - listed) * minutes.inspection


def position(appointments: str, slots: int) -> Callable[[float], float]:
    """Return when in the span of slots the family at 0 <= u < 1 of the list is due."""
    if appointments == "early_extra":
        extra = EARLY_EXTRA / slots
        return lambda u: 0.0 if u < extra else (u - extra) / (1 - extra)
    if appointments == "dome":
        return lambda u: u - DOME * math.sin(2 * math.pi * u) / (2 * math.pi)
    return lambda u: u


def slot_plan(scenario: Scenario, way: Way) -> tuple[Slot, ...]:
    """Return the slots with their places; no-shows are booked on top.

    Empty for a way of working without appointments.
    """
    if way.appointments == "none":
        return ()
    taken, booking = planned(scenario, way), scenario.booking
    booked = (1 - booking.walk_in) / (1 - booking.no_show)
    due = position(way.appointments, scenario.slots)
    parcels = _by_slot(round(taken.parcels * booked), due, scenario.slots)
    visits = _by_slot(round(taken.visits * booked), due, scenario.slots)
    return tuple(
        Slot(number * booking.slot_minutes, parcels[number], visits[number])
        for number in range(scenario.slots)
    )


def _by_slot(families: int, due: Callable[[float], float], slots: int) -> list[int]:
    places = [0] * slots
    for number in range(families):
        at = due((number + 0.5) / families)
        places[min(slots - 1, int(at * slots))] += 1
    return places


def _most_parcels(scenario: Scenario, way: Way) -> float:
    return _served(scenario, scenario.staff.inspectors, inspection(scenario, way))


def _most_visits(scenario: Scenario) -> float:
    staff, minutes = scenario.staff, scenario.minutes
    searched = _served(scenario, staff.search_officers, minutes.search)
    return min(searched, _served(scenario, staff.seats, minutes.visit))


def _served(scenario: Scenario, servers: int, minutes: float) -> float:
    """Return how many a stage serves in the span of slots at its highest load."""
    span = scenario.slots * scenario.booking.slot_minutes
    return served(servers, minutes, span)
