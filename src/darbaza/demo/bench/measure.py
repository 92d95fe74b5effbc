"""Register through the gate's own service and through the floor, taken alternately."""

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from darbaza.audit import selectors as audit
from darbaza.demo.bench import floor, population
from darbaza.demo.bench.population import Size, key
from darbaza.gate import services as gate
from darbaza.visits.types import Party, Registration


@dataclass(slots=True)
class Times:
    """Seconds of each call, of the service and of the floor, and what went wrong."""

    service: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    floor_cpu: list[float] = field(default_factory=list)
    errors: int = 0

    def add(self, other: "Times") -> None:
        """Take over another client's times."""
        self.service += other.service
        self.floor += other.floor
        self.cpu += other.cpu
        self.floor_cpu += other.floor_cpu
        self.errors += other.errors


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report; milliseconds and ratios."""

    engine: str
    visitors: int
    visits: int
    clients: int
    calls: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    floor_p50_ms: float
    floor_p95_ms: float
    p50_ratio: float
    p95_ratio: float
    cpu_ms: float
    floor_cpu_ms: float
    errors: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


Step = Callable[[Size, int, Times, floor.Driver], None]


def run(
    size: Size, steps: tuple[Step, Step], *, clients: int, calls: int, first: int
) -> tuple[Times, Line]:
    """Let ``clients`` threads make ``calls`` registrations in all, and as many floors.

    Args:
        size: The population's size.
        steps: The service's step and its floor.
        clients: Threads at once.
        calls: Registrations in all.
        first: Number of the first contact used; each is used once.
    """
    share = calls // clients
    found = [Times() for _ in range(clients)]
    threads = [
        threading.Thread(
            target=_client, args=(size, steps, first + n * share, share, times)
        )
        for n, times in enumerate(found)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = Times()
    for times in found:
        total.add(times)
    return total, _line(total, size, clients)


def _client(
    size: Size, steps: tuple[Step, Step], first: int, share: int, times: Times
) -> None:
    raw = floor.driver()
    try:
        for number in range(first, first + share):
            # Whoever goes first finds cold pages: take turns.
            for step in steps[::-1] if number % 2 else steps:
                step(size, number, times, raw)
    finally:
        connections.close_all()


def visit(size: Size, number: int, times: Times, _raw: floor.Driver) -> None:
    institution, prisoner, person = population.contact(number, size)
    registration = Registration(
        uuid4(),
        key("prisoner", prisoner),
        "short",
        (Party(key("person", person), "lead", key("document", person)),),
        session_id=population.session(institution, number),
    )
    by = population.officer(institution)
    cpu, begun = time.thread_time(), time.perf_counter()
    try:
        done = gate.register(registration, by=by, at=timezone.now())
    except Exception:  # noqa: BLE001 - every failure counts, none stops the run
        times.errors += 1
        return
    times.service.append(time.perf_counter() - begun)
    times.cpu.append(time.thread_time() - cpu)
    times.errors += done.registered.status != "registered"


def visit_floor(size: Size, number: int, times: Times, raw: floor.Driver) -> None:
    institution, prisoner, person = population.contact(number, size)
    now = timezone.now()
    case = floor.Case(
        document=f"ZZ{person}",
        prisoner=f"B-{prisoner}",
        person_id=key("person", person),
        prisoner_id=key("prisoner", prisoner),
        month_starts=now.replace(day=1, hour=0),
        by=population.officer(institution),
    )
    cpu, begun = time.thread_time(), time.perf_counter()
    floor.register(raw, case, at=now)
    times.floor.append(time.perf_counter() - begun)
    times.floor_cpu.append(time.thread_time() - cpu)


def _line(times: Times, size: Size, clients: int) -> Line:
    p50, p95, p99 = (percentile(times.service, p) * 1000 for p in (50, 95, 99))
    floor50, floor95 = (percentile(times.floor, p) * 1000 for p in (50, 95))
    return Line(
        engine=connection.vendor,
        visitors=size.visitors,
        visits=size.visits,
        clients=clients,
        calls=len(times.service),
        p50_ms=round(p50, 3),
        p95_ms=round(p95, 3),
        p99_ms=round(p99, 3),
        floor_p50_ms=round(floor50, 3),
        floor_p95_ms=round(floor95, 3),
        p50_ratio=round(p50 / floor50, 2),
        p95_ratio=round(p95 / floor95, 2),
        cpu_ms=round(percentile(times.cpu, 50) * 1000, 3),
        floor_cpu_ms=round(percentile(times.floor_cpu, 50) * 1000, 3),
        errors=times.errors,
    )


def percentile(values: list[float], share: int) -> float:
    """Return the value below which ``share`` of a hundred lie; NaN of nothing."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


Table = tuple[str, dict[str, Any]]


def tables_of(what: str, since: datetime) -> dict[str, Table]:
    """Return what a run of visits or parcels leaves; the first has the floor's too."""
    uses: Table = ("entitlements.Entry", {"at__gte": since, "reason": "use"})
    if what == "gate":
        visits: Table = ("visits.Visit", {"registered_at__gte": since})
        passes: Table = ("gate.Pass", {"issued_at__gte": since})
        return {"visits": visits, "passes": passes, "uses": uses}
    own = {"weighed": True, "handed_in_at__gte": since}
    lines: Table = (
        "parcels.Line", {"bag__sending__weighed": True, "bag__since__gte": since,
                         "position": 10},
    )  # fmt: skip
    return {
        "sendings": ("parcels.Sending", {"handed_in_at__gte": since}),
        "receipts": ("parcels.Sending", own),
        "tenth lines": lines,
        "uses": uses,
    }


def proof(what: str, registered: int, floors: int, *, since: datetime) -> list[str]:
    """Return what does not add up after the run: rows, ledger, audit chains."""
    tables = tables_of(what, since)
    found = {
        what: apps.get_model(label).objects.filter(**wanted).count()
        for what, (label, wanted) in tables.items()
    }
    # The floor leaves a row of the first table each, without anything beside it.
    found[next(iter(tables))] -= floors
    problems = [
        f"{what}: {rows} rows for {registered} registrations"
        for what, rows in found.items()
        if rows != registered
    ]
    problems += [
        f"audit {b.institution_id} {b.problem} {b.seq}" for b in audit.breaches()
    ]
    return problems
