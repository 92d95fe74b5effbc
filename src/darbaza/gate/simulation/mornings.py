"""Draws mornings: who comes when, for what, and how long each stage takes them.

Every purpose of every day has a random stream of its own, so that two scenarios with
the same seed meet the same people, and one clerk more is never bad luck.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from random import Random

from darbaza.gate.simulation.scenario import FirstCome, Scenario, Way
from darbaza.gate.simulation.slots import Planned, planned, position

Arrival = tuple[float, bool]
"""Minutes after the doors open, and whether there is an appointment."""


@dataclass(frozen=True, slots=True)
class Morning:
    """The families of one morning in the order in which they come; lists of one length.

    Who comes before the doors open stands there at minute 0: waiting counts from then.
    """

    arrivals: list[float]
    booked: list[bool]
    known: list[bool]
    parcel: list[bool]
    registration: list[float]
    """Minutes at the window."""
    second: list[float]
    """Minutes of the inspection of a parcel, or of the search before a visit."""
    visit: list[float]
    """Minutes in the visit room; not used for a parcel."""


def mornings(
    scenario: Scenario, way: Way, *, days: int, seed: int
) -> Iterator[Morning]:
    """Yield ``days`` mornings; the same seed gives the same ones."""
    taken = planned(scenario, way)
    for day in range(days):
        yield _morning(scenario, way, taken, f"{seed}/{day}")


def _morning(scenario: Scenario, way: Way, taken: Planned, name: str) -> Morning:
    came = sorted(_came(scenario, way, taken.families, Random(f"{name}/arrivals")))  # noqa: S311
    people = Random(f"{name}/people")  # noqa: S311 # a game of chance, no secret
    with_parcel = taken.parcels / max(taken.parcels + taken.visits, 1e-9)
    known = [people.random() < scenario.day.known for _ in came]
    parcel = [people.random() < with_parcel for _ in came]
    minutes, listed = scenario.minutes, way.lists
    factors = _Factors(name, len(came), minutes.variation)
    registration = _registration(scenario, way)
    inspection = {
        True: minutes.inspection_listed if listed else minutes.inspection,
        False: minutes.inspection,
    }
    return Morning(
        arrivals=[max(0.0, at) for at, _ in came],
        booked=[has for _, has in came],
        known=known,
        parcel=parcel,
        registration=[
            registration[k] * f
            for k, f in zip(known, factors("registration"), strict=True)
        ],
        second=[
            (inspection[k] if p else minutes.search) * f
            for k, p, f in zip(known, parcel, factors("second"), strict=True)
        ],
        visit=[minutes.visit * f for f in factors("visit")],
    )


@dataclass(frozen=True, slots=True)
class _Factors:
    """Log-normal factors with mean 1: how much longer or shorter somebody takes."""

    name: str
    count: int
    variation: float

    def __call__(self, stage: str) -> list[float]:
        variance = math.log1p(self.variation**2)
        sigma, half = math.sqrt(variance), variance / 2
        gauss = Random(f"{self.name}/{stage}").gauss  # noqa: S311
        exp = math.exp
        return [exp(sigma * gauss(0, 1) - half) for _ in repeat(None, self.count)]


def _registration(scenario: Scenario, way: Way) -> dict[bool, float]:
    """Return the mean minutes of those who are known, and of those who are not."""
    minutes = scenario.minutes
    if way.registration == "paper":
        return {True: minutes.paper, False: minutes.paper}
    known = minutes.express if way.express else minutes.scan
    return {True: known, False: minutes.first_time}


def _came(scenario: Scenario, way: Way, families: int, chance: Random) -> list[Arrival]:
    crowd, minutes = scenario.first_come, scenario.open_minutes
    if way.appointments == "none":
        stood = (chance.random() < crowd.before_doors for _ in range(families))
        return [(0.0 if s else _later(crowd, minutes, chance), False) for s in stood]
    booking = scenario.booking
    walked_in = sum(chance.random() < booking.walk_in for _ in range(families))
    booked = round((families - walked_in) / (1 - booking.no_show))
    due = position(way.appointments, scenario.slots)
    span = scenario.slots * booking.slot_minutes
    kept = [
        due(number / booked) * span
        for number in range(booked)
        if chance.random() >= booking.no_show
    ]
    early, spread = booking.early_minutes, booking.spread_minutes
    return [(at + chance.gauss(-early, spread), True) for at in kept] + [
        (_later(crowd, minutes, chance), False) for _ in range(walked_in)
    ]


def _later(crowd: FirstCome, open_minutes: float, chance: Random) -> float:
    """Return when somebody comes who was not there when the doors opened."""
    last = crowd.until * open_minutes
    return chance.triangular(0.0, last, min(crowd.peak_minute, last))
