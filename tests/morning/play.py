"""A morning from the first booking to the last who leaves, and what came of it."""

import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser import deskhouse
from tests.morning import people, telephone, town
from tests.morning.browser import Browser
from tests.morning.people import Family, Hall
from tests.morning.timing import Clock

ZONE = ZoneInfo("Asia/Bishkek")
BOOKED_BEFORE = timedelta(days=3)
OPENS, FIRST_VISIT = time(9), time(10)
WITH_APPOINTMENT, WITH_PARCEL = 0.6, 0.45


@dataclass(slots=True)
class Morning:
    """What a played morning came to."""

    families: list[Family]
    said: dict[str, Any]
    """What the system has on record: see ``said``."""
    reported: dict[str, list[dict[str, str]]]
    """The lines of the report of waiting times, by stage."""
    chains: list[dict[str, Any]]
    speed: float
    """Of its clock."""
    troubles: list[str] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0


def play(home: Path, *, families: int, speed: float = 60, seed: int = 1) -> Morning:
    """Play a morning in a home whose database is migrated and empty."""
    day = _a_working_day()
    eve = datetime.combine(day, time(10), ZONE) - BOOKED_BEFORE
    before = Clock.from_now(eve, speed=1)
    with _at(before):
        deskhouse.run(home, "load-reference")
        first = datetime.combine(day, FIRST_VISIT, ZONE).isoformat()
        facts = _module(home, "tests.morning.town", str(families), first)
    cast = _cast(facts["families"], day, random.Random(seed))
    later = Clock.from_now(eve + timedelta(hours=1), speed=1)
    with _at(later), deskhouse.served(home) as url:
        for number, family in enumerate(f for f in cast if f.due):
            telephone.books(url, family, day, number)
    clock = Clock.from_now(
        datetime.combine(day, OPENS, ZONE) - timedelta(minutes=10),
        speed=speed, within=15,
    )  # fmt: skip
    with _at(clock), deskhouse.served(home) as url:
        hall = Hall(url, clock, {k: facts[k] for k in ("kiosk", "display")}, seed)
        _meet(hall, cast, facts["windows"])
        ended = clock.now()
        reported = {stage: _report(url, day, stage) for stage in STAGES}
    with _at(Clock.from_now(ended, speed=1)):
        said = _module(home, "tests.morning.said")
        chains = deskhouse.run(home, "audit", "verify", "--json").splitlines()
    took = (ended - clock.shown).total_seconds() / speed
    return Morning(
        cast, said, reported, [json.loads(line) for line in chains], speed,
        hall.troubles, hall.requests, took,
    )  # fmt: skip


STAGES = ("wait", "desk", "to_search", "search", "inside", "whole")


def _a_working_day() -> date:
    """Return the coming Wednesday."""
    today = datetime.now(ZONE).date()
    return today + timedelta(days=(2 - today.weekday()) % 7 or 7)


@contextmanager
def _at(clock: Clock) -> Iterator[None]:
    """Give every process that is started within this clock."""
    told = clock.environment()
    path = os.pathsep.join((told["PYTHONPATH"], os.environ.get("PYTHONPATH", "")))
    told["PYTHONPATH"] = path.rstrip(os.pathsep)
    kept = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _module(home: Path, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", *words], env=deskhouse.environment(home),
        cwd=deskhouse.ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _cast(
    facts: list[dict[str, str]], day: date, chance: random.Random
) -> list[Family]:
    """Say of each family what it comes for and when; nobody's name is anybody's."""
    opens = datetime.combine(day, OPENS, ZONE)
    span = 30 * (town.SESSIONS - 1)
    cast = []
    for number, known in enumerate(facts):
        parcel = number * 9 % 20 < 20 * WITH_PARCEL
        minute = chance.triangular(0, span, span / 4)
        comes = opens + timedelta(minutes=minute)
        booked = chance.random() < WITH_APPOINTMENT
        cast.append(
            Family(
                f"family {number}", "parcel" if parcel else "visit",
                comes, due=comes if booked else None, **known,
            )
        )  # fmt: skip
    return cast


def _meet(hall: Hall, cast: list[Family], windows: dict[str, str]) -> None:
    """Let everybody work and come until the last has left."""
    works: dict[str, Callable[[Hall, Browser], None]] = {
        "desk": people.works_at_desk, "bags": people.inspects,
        "search": people.searches, "inner": people.guards,
    }  # fmt: skip
    staff = [_thread(hall, people.watches, hall)]
    for name in town.OFFICERS:
        browser = Browser(hall.url)
        browser.sign_in(name, town.PASSWORD)
        if name in windows:
            page = browser.get("/sites/my-post/")
            browser.send(page, page.form("my-post"), post=windows[name])
        staff.append(_thread(hall, works[name.partition("-")[0]], hall, browser))
    crowd = [_thread(hall, people.comes, hall, family) for family in cast]
    for one in crowd:
        one.join()
    hall.closed.set()
    for one in staff:
        one.join()
    if hall.kiosk_browser is not None:
        hall.kiosk_browser.close()


def _thread(hall: Hall, script: Callable[..., None], *given: Any) -> threading.Thread:
    def run() -> None:
        try:
            script(*given)
        except BaseException as error:  # noqa: BLE001 - told at the end of the morning
            hall.troubles.append(f"{script.__name__}: {error!r}"[:2000])
        for one in given:
            if isinstance(one, Browser):
                hall.requests += one.requests
                one.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def _report(url: str, day: date, stage: str) -> list[dict[str, str]]:
    """Return the report of one stage as the supervisor downloads it."""
    query = f"first={day}&last={day}&by=day&stage={stage}&format=csv"
    with closing(Browser(url)) as chief:
        chief.sign_in(town.SUPERVISOR, town.PASSWORD)
        text = chief.get(f"/gate/waits/?{query}").text
    lines = text.lstrip("\ufeff").splitlines()
    head, *rows = [line.split(";" if ";" in lines[0] else ",") for line in lines]
    return [dict(zip(head, row, strict=True)) for row in rows]
