"""Build the whole demonstration: headquarters, prisons, people, three months, today."""

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from itertools import islice
from random import Random
from typing import Any, Final, TypeVar

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from darbaza.accounts.types import system
from darbaza.audit import selectors as audit
from darbaza.audit import services as record
from darbaza.demo import (
    coming,
    entrance,
    events,
    inspection,
    limits,
    register,
    story,
    waiting,
    watching,
)
from darbaza.demo import house as houses
from darbaza.demo.agenda import Agenda
from darbaza.demo.history import Planner
from darbaza.demo.house import House
from darbaza.demo.people import People
from darbaza.demo.prisons import HEADQUARTERS, Prison, Scale
from darbaza.demo.register import File
from darbaza.demo.sendings import Sendings
from darbaza.kernel.errors import Conflict
from darbaza.kernel.ids import NOWHERE
from darbaza.sites import selectors as sites
from darbaza.sites import services as installation

SEED: Final = "darbaza"
TOGETHER: Final = 100
T = TypeVar("T")
Progress = Callable[..., Iterable[Any]]
"""Wraps what is being done, with ``total`` and ``desc``; as tqdm does."""


@dataclass(frozen=True, slots=True)
class Work:
    """What all prisons share while they are built."""

    scale: Scale
    people: People
    now: datetime
    start: datetime
    progress: Progress


def build(scale: Scale, *, at: datetime, progress: Progress) -> bool:
    """Build it; False where a whole demonstration stands here already.

    The people, their names and visits depend on the day and minute only; keys, passes
    and references are random, as everywhere.

    Raises:
        Conflict: This database is a real one, was founded in another way, or holds
            half a demonstration.
        ArithmeticError: What was built does not hold together.
    """
    now = timezone.localtime(at).replace(second=0, microsecond=0)
    start = now.replace(hour=8, minute=0) - timedelta(days=scale.days)
    there = sites.installation() is not None
    installation.found_installation(demonstration=True, at=start)
    if there:
        _must_be_whole()
        return False
    with _without_flushes(), _without_pauses():
        call_command("load_reference", verbosity=0, stdout=StringIO())
        call_command("load_catalogue", verbosity=0, stdout=StringIO())
        chance = Random(f"{SEED} {now:%Y-%m-%d}")  # noqa: S311 - the same each time
        work = Work(scale, People(chance, now.date()), now, start, progress)
        head = houses.institution(HEADQUARTERS, at=start)
        houses.hire(HEADQUARTERS.code, by=head, at=start)
        built = []
        for prison in scale.prisons:
            built.append(_prison(prison, work))
            _checkpoint()
        with _one_commit():
            inspection.tell(built)
            watching.tell(head, built)
        _verify()
        with transaction.atomic():
            by = system("darbaza demo")
            record.record(events.BUILT, target=None, by=by, at=at)
    return True


def _prison(prison: Prison, work: Work) -> tuple[House, list[File]]:
    by = houses.institution(prison.draft, at=work.start)
    chance = Random(f"{SEED} {prison.code} {work.now:%Y-%m-%d}")  # noqa: S311
    house = House(prison, work.scale, by, work.people, chance, work.start, work.now)
    house.staff = houses.hire(prison.code, by=by, at=work.start)
    with _one_commit():
        houses.furnish(house)
        entrance.furnish(house)
        waiting.furnish(house)
        coming.furnish(house)
    files = _register(house, work.progress)
    with _one_commit():
        limits.separate_some(house, files)
        limits.restrict_some(house, files)
        limits.keep_some_apart(house, files)
        register.draw_portraits(house, [f for f in files if f.circle])
    _visits(house, files, work.progress)
    return house, files


def _register(house: House, progress: Progress) -> list[File]:
    name, total = house.prison.draft.names.en, house.prison.prisoners
    admitted = progress(
        register.admit_all(house), total=total, desc=f"{name}: prisoners"
    )
    files = list(_together(admitted))
    # As many families as visits need, with some to spare.
    wanted = house.prison.visits * 22
    met = house.chance.sample(files, k=min(len(files), wanted))
    for file in _together(progress(met, total=len(met), desc=f"{name}: families")):
        register.give_circle(house, file)
    with _one_commit():
        for file in met[:: max(1, len(met) // 12)]:
            register.give_lawyer(house, file)
    return files


def _visits(house: House, files: list[File], progress: Progress) -> None:
    agenda, planner = Agenda(house.now), Planner(house, files)
    with _one_commit():
        if house.prison.round_the_clock:
            planner.use(houses.open_at_any_hour(house))
            story.tell(house, agenda, planner)
        entrance.tell(house, agenda)
        waiting.tell(house, agenda)
        planner.note_all(agenda)
        Sendings(house, files).note_all(agenda)
    name = house.prison.draft.names.en
    for _at in _together(progress(agenda.run(), total=None, desc=f"{name}: visits")):
        pass
    with _one_commit():
        coming.tell(house)


def _together(things: Iterable[T]) -> Iterator[T]:
    """Go through ``things`` with one commit for many of them."""
    rest, more = iter(things), True
    while more:
        with _one_commit():
            batch = 0
            for thing in islice(rest, TOGETHER):
                yield thing
                batch += 1
        more = batch == TOGETHER


@contextlib.contextmanager
def _one_commit() -> Iterator[None]:
    """Commit once, without the savepoints of the services inside.

    They are half of all statements, and nothing here is caught and carried on with:
    a demonstration that breaks off is thrown away.
    """
    features: Any = connection.features
    with transaction.atomic():
        before, features.uses_savepoints = features.uses_savepoints, False
        try:
            yield
        finally:
            features.uses_savepoints = before


@contextlib.contextmanager
def _without_pauses() -> Iterator[None]:
    """Leave the garbage collector out: all rows here are short-lived."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _must_be_whole() -> None:
    rows = audit.events(institutions=[NOWHERE])
    if not rows.filter(type=events.BUILT.code).exists():
        raise Conflict("demonstration_half_made")


def _verify() -> None:
    """Hold the file and every chain of the record against themselves.

    Raises:
        ArithmeticError: Something is broken.
    """
    for breach in audit.breaches():
        message = f"the record of {breach.institution_id} breaks at {breach.seq}"
        raise ArithmeticError(message)
    connection.check_constraints()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (verdict,) = cursor.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise ArithmeticError(str(verdict))


def _without_flushes() -> contextlib.AbstractContextManager[None]:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return contextlib.nullcontext()
    engine: Any = connection  # our own SQLite engine
    quick: contextlib.AbstractContextManager[None] = engine.without_flushes()
    return quick


def _checkpoint() -> None:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        engine: Any = connection
        engine.checkpoint()
