"""Does it hurt the officers when everybody outside looks at a telephone?

``bench/phones.py [--phones N] [--displays N] [--rounds N] [--seconds N] [--json]``

Six officers register visits and packages at their desks, in quiet and while ``phones``
telephones ask every 20 seconds how their number stands (one question in five is for the
family's first page, one in a hundred is a whole booking) and ``displays`` displays ask
for their events; in turn, so that both see the same machine. The load comes from a
process of the lowest priority. Reports the 95th percentile of the officers' steps in
both, and how many times longer it is under load: 2 at most is what the project asks of
itself. To be run between 8 and 19 o'clock: the visits of the day begin within hours.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # prison and browsers are those of the tests

from darbaza.gate.queueing import quantile  # noqa: E402 - the path comes first
from tests.browser import deskhouse  # noqa: E402 - the same
from tests.morning import people, play, telephone, town  # noqa: E402 - the same
from tests.morning.browser import Browser  # noqa: E402 - the same
from tests.morning.people import Family  # noqa: E402 - the same

OFFICERS, EACH, AT_HOME = 6, 90, 90
"""Families that every officer has to serve, and those that book by telephone."""
ASKS_SECONDS, SHOWS_SECONDS = 20.0, 2.0
THINKS_SECONDS = 1.0
PAGE_SHARE, BOOK_SHARE = 0.2, 0.01
AHEAD = timedelta(days=4)
WARM_UP = 5
REFUSED = 422
PAGE = "/family/"
COUNT = """
from darbaza.appointments.models import Appointment
from darbaza.parcels.models import Sending
from darbaza.visits.models import Visit
print(Visit.objects.count() + Sending.objects.count(), Appointment.objects.count())
"""


def filled(phones: int) -> dict[str, Any]:
    """Put a prison and a waiting number for each telephone into DARBAZA_HOME."""
    from django.utils import timezone  # noqa: PLC0415 - Django comes first

    from darbaza.accounts.permissions import ROLES, Role  # noqa: PLC0415 - the same
    from darbaza.accounts.types import Actor  # noqa: PLC0415 - the same
    from darbaza.gate import selectors, services  # noqa: PLC0415 - the same
    from darbaza.gate.services.tickets import Wanted  # noqa: PLC0415 - the same
    from darbaza.sites.models import Institution  # noqa: PLC0415 - the same

    soon = datetime.now(play.ZONE) + timedelta(minutes=20)
    everybody = OFFICERS * EACH + AT_HOME
    facts = town.fill(everybody, soon, places=everybody)  # all come to the first visit
    here = Institution.objects.get(code="27").pk
    permissions = ROLES[Role.GATE_OFFICER]
    by = Actor(uuid4(), "bench", here, frozenset({here}), permissions)
    lane = selectors.lanes(by=by).first()
    assert lane is not None  # noqa: S101 - the town has two
    now, wanted = timezone.now(), Wanted(lane.pk, "kiosk")
    codes = [
        services.take_ticket(wanted, request_id=uuid4(), by=by, at=now).code
        for _number in range(phones)
    ]
    return {**facts, "codes": codes}


async def load(
    url: str, codes: list[str], at_home: list[dict[str, str]], displays: int,
    cookie: str,
) -> None:  # fmt: skip
    """Be telephones and displays until somebody ends this process."""
    booking = iter(at_home)
    phones = [_phone(url, code, booking) for code in codes]
    await asyncio.gather(*phones, *(_display(url, cookie) for _n in range(displays)))


async def _phone(url: str, code: str, booking: Iterator[dict[str, str]]) -> None:
    await asyncio.sleep(random.uniform(0, ASKS_SECONDS))
    while True:
        drawn = random.random()
        if drawn < BOOK_SHARE and (known := next(booking, None)):
            await asyncio.to_thread(_book, url, known)
        elif drawn < BOOK_SHARE + PAGE_SHARE:
            await _ask(url, PAGE, "")
        else:
            await _ask(url, f"/gate/number/{code}/", "")
        await asyncio.sleep(ASKS_SECONDS)


def _book(url: str, known: dict[str, str]) -> None:
    """Book the handing in of a package: code, list, day, time, done."""
    number = int(known["prisoner"].rpartition("-")[2])
    now = datetime.now(play.ZONE)
    family = Family(f"family {number}", "parcel", now, **known)
    try:
        telephone.books(url, family, (now + AHEAD).date(), number)
    except AssertionError as error:
        print(f"not booked: {error}", file=sys.stderr)


async def _display(url: str, cookie: str) -> None:
    await asyncio.sleep(random.uniform(0, SHOWS_SECONDS))
    while True:
        await asyncio.sleep(SHOWS_SECONDS)
        await _ask(url, "/gate/display/events/", cookie)


async def _ask(url: str, path: str, cookie: str) -> None:
    """Ask on a connection of its own, as a telephone that wakes up does."""
    where = urlsplit(url)
    host, port = where.hostname, where.port
    reader, writer = await asyncio.open_connection(host, port)
    head = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n"
    writer.write(f"{head}Cookie: {cookie}\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if b" 200 " not in answer[:20]:
        print(f"{path}: {answer[:60]!r}", file=sys.stderr)


class Officer(threading.Thread):
    """Somebody at a desk, who notes how long each step took."""

    def __init__(self, url: str, name: str, families: list[dict[str, str]]) -> None:
        super().__init__(daemon=True)
        self.browser = Browser(url)
        self.browser.sign_in(name, town.PASSWORD)
        self.families = families
        self.times: list[float] = []
        self.stopped = threading.Event()
        self.fault: Exception | None = None

    def run(self) -> None:
        """Register one family after another until stopped; keep what went wrong."""
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - told by whoever measures
            self.fault = error
        finally:
            self.browser.close()

    def _work(self) -> None:
        families = enumerate(self.families)
        while not self.stopped.is_set():
            number, family = next(families)
            page = self.browser.get("/gate/desk/")
            page = self._step(page, "scan", text=family["zone"])
            page = self._step(page, "whom", prisoner=family["prisoner_id"])
            if number % 2:
                page = self._step(page, "errand")
                page = self._step(page, "put", text=people.GOODS)
                page = self._step(page, "send", do="register")
            else:
                page = self._step(page, "finish", do="register")
            if page.status == REFUSED:  # a colleague took the last seat in between
                self._step(page, "clear")

    def _step(self, page: Any, name: str, **told: str) -> Any:
        self.stopped.wait(random.uniform(0.5, 1.5) * THINKS_SECONDS)
        form = page.form(f"/do/{name}/")
        begun = time.perf_counter()
        page = self.browser.send(page, form, htmx=True, **told)
        self.times.append(time.perf_counter() - begun)
        return page


@contextmanager
def loading(
    url: str, given: dict[str, Any], at_home: list[dict[str, str]], displays: int
) -> Iterator[None]:
    """Let telephones and displays ask, from a process of the lowest priority."""
    with closing(Browser(url)) as screen:
        page = screen.get("/gate/screen/")
        screen.send(page, page.form("/screen/"), secret=given["display"])
        cookie = "; ".join(f"{k}={v}" for k, v in screen.cookies.items())
    told = json.dumps([url, given["codes"], at_home, displays, cookie])
    command = ["nice", "-n", "19", sys.executable, __file__, "--load"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    process.stdin.write(told)
    process.stdin.close()
    try:
        time.sleep(WARM_UP)
        yield
    finally:
        process.kill()
        process.wait()


def measured(
    url: str, given: dict[str, Any], rounds: int, seconds: float, displays: int
) -> dict[str, Any]:
    """Let officers work in quiet and under load, in turn; return what they waited."""
    names = [*town.OFFICERS][:OFFICERS]
    families = given["families"]
    officers = [
        Officer(url, n, families[i * EACH :][:EACH]) for i, n in enumerate(names)
    ]
    at_home = families[OFFICERS * EACH :]
    for officer in officers:
        officer.start()
    time.sleep(WARM_UP)
    times: dict[str, list[float]] = {"quiet": [], "loaded": []}
    for number in range(rounds):
        times["quiet"] += _taken(officers, seconds)
        with loading(url, given, at_home[number::rounds], displays):
            times["loaded"] += _taken(officers, seconds)
    for officer in officers:
        officer.stopped.set()
    for officer in officers:
        officer.join()
        if officer.fault:  # fewer officers wait less: that would be no measure
            raise officer.fault
    return _line(times)


def _taken(officers: list[Officer], seconds: float) -> list[float]:
    for officer in officers:
        officer.times.clear()
    time.sleep(seconds)
    return [taken for officer in officers for taken in officer.times]


def _line(times: dict[str, list[float]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, taken in times.items():
        found |= {
            f"{name}_steps": len(taken),
            f"{name}_median_ms": round(statistics.median(taken) * 1000, 1),
            f"{name}_p95_ms": round(quantile(taken, 0.95) * 1000, 1),
        }
    found["p95_ratio"] = round(found["loaded_p95_ms"] / found["quiet_p95_ms"], 2)
    return found


def main() -> None:
    """Measure; or be one of the processes that this needs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--displays", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load:
        asyncio.run(load(*json.load(sys.stdin)))
    elif given.fill:
        django.setup()
        print(json.dumps(filled(given.phones)))
    else:
        found = run(given)
        lines = (
            [json.dumps(found)] if given.json else [f"{k}: {found[k]}" for k in found]
        )
        print("\n".join(lines))


def run(given: argparse.Namespace) -> dict[str, Any]:
    """Make a prison, serve it, measure."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        deskhouse.run(home, "migrate", "-v0")
        deskhouse.run(home, "load-reference")
        done = subprocess.run(
            [sys.executable, __file__, "--fill", "--phones", str(given.phones)],
            env=deskhouse.environment(home), capture_output=True, text=True, check=True,
        )  # fmt: skip
        facts = json.loads(done.stdout.splitlines()[-1])
        with deskhouse.served(home) as url:
            found = measured(url, facts, given.rounds, given.seconds, given.displays)
        done = deskhouse.run(home, "shell", "-v0", "-c", COUNT).split()
        found |= dict(zip(("registered", "booked"), map(int, done), strict=True))
    asked = {"phones": given.phones, "displays": given.displays, "officers": OFFICERS}
    return {**asked, **found, "load_average": os.getloadavg()[0]}


if __name__ == "__main__":
    main()
