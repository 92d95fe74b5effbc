"""A second engine for the entrance: the same morning, played by simpy's own clock."""

from collections.abc import Iterator
from typing import Any

import simpy

from darbaza.gate.simulation.mornings import Morning
from darbaza.gate.simulation.scenario import Staff


class Entrance:
    """Clerks call from two queues; the later stages are simpy's own resources."""

    def __init__(self, morning: Morning, staff: Staff, *, express: int) -> None:
        self.morning, self.express = morning, express
        self.env = simpy.Environment()
        self.waits = [0.0] * len(morning.arrivals)
        self.left = 0
        self.lanes: tuple[list[tuple[bool, int]], ...] = ([], [])
        self.resting: dict[int, simpy.Event] = {}
        self.inspectors = simpy.Resource(self.env, staff.inspectors)
        self.searchers = simpy.Resource(self.env, staff.search_officers)
        self.seats = simpy.Resource(self.env, staff.seats)
        for family in range(len(morning.arrivals)):
            self.env.process(self.comes(family))
        for clerk in range(staff.clerks):
            self.env.process(self.calls(clerk))

    def run(self) -> list[float]:
        """Return how long each family waited in all."""
        self.env.run(until=100_000)
        return self.waits

    def comes(self, family: int) -> Iterator[Any]:
        m = self.morning
        yield self.env.timeout(m.arrivals[family])
        lane = self.lanes[bool(self.express and m.known[family])]
        lane.append((not m.booked[family], family))
        lane.sort()
        resting, self.resting = self.resting, {}
        for clerk in sorted(resting):  # the express window first
            resting[clerk].succeed()

    def calls(self, clerk: int) -> Iterator[Any]:
        while True:
            yield self.env.timeout(0, None)  # whoever comes now is in the queue first
            first, known = self.lanes
            lane = known if clerk < self.express or not first else first
            if not lane:
                self.resting[clerk] = self.env.event()
                yield self.resting[clerk]
                continue
            _, family = lane.pop(0)
            self.waits[family] += self.env.now - self.morning.arrivals[family]
            yield self.env.timeout(self.morning.registration[family])
            self.env.process(self.goes_on(family))

    def goes_on(self, family: int) -> Iterator[Any]:
        m = self.morning
        stage = self.inspectors if m.parcel[family] else self.searchers
        yield from self.stage(stage, family, m.second[family])
        if not m.parcel[family]:
            yield from self.stage(self.seats, family, m.visit[family])
        self.left += 1

    def stage(self, of: simpy.Resource, family: int, minutes: float) -> Iterator[Any]:
        asked = self.env.now
        with of.request() as turn:
            yield turn
            self.waits[family] += self.env.now - asked
            yield self.env.timeout(minutes)
