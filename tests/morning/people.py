"""The people of a morning: each a script with a browser, on the morning's clock.

What happens between people in the hall (a document handed over, a bag carried on) goes
through ``Hall``; everything else goes through the pages of the system.
"""

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, Queue
from typing import TypeVar

from darbaza.gate.queueing import Step
from tests.morning.browser import Browser, Page
from tests.morning.timing import Clock

T = TypeVar("T")
PATIENCE_MINUTES = 8 * 60
"""Of the morning: longer than any queue of it."""
LOOK_SECONDS = 0.5
"""How often, in true seconds, somebody looks at the display or for the next in line."""
LABEL = re.compile(r'class="qb__number"[^>]*>([^<]+)<')
KIOSK_LABEL = re.compile(r'class="kiosk__number">([^<]+)<')
PASS_CODE = re.compile(r"<figcaption>([^<]+)</figcaption>")
BAG = re.compile(r'aria-label="Bag ([^"]+)"')
MINUTES = {
    "desk": (1.5, 4.0), "parcel": (2.0, 5.0), "checked": (0.5, 1.5),
    "search": (0.5, 2.0),
}  # fmt: skip
"""Shortest and longest service: a list sent ahead is only checked."""
GOODS = "2 чай"


@dataclass(slots=True)
class Family:
    """One family: what it comes for, and its own record of the morning."""

    name: str
    errand: str
    """visit or parcel"""
    arrives: datetime
    prisoner: str
    prisoner_id: str
    person_id: str
    sex: str
    zone: str
    code: str
    """Opens the family's page."""
    windows: str = ""
    due: datetime | None = None
    reference: str = ""
    """When it has an appointment, and under which reference; without one, neither."""
    list_code: str = ""
    """Of the list that was made at home and sent ahead."""
    label: str = ""
    paper: str = ""
    """The code of the pass, or the sending."""
    record: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    """Of each stamp: the moments between which it must have been written."""
    called: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    """What this family now waits for has been done."""


@dataclass(slots=True)
class Hall:
    """Where people wait for one another; nothing of it is known to the system."""

    url: str
    clock: Clock
    secrets: dict[str, str]
    seed: int = 1
    waiting: dict[str, Family] = field(default_factory=dict)
    bags: "Queue[Family]" = field(default_factory=Queue)
    searches: "Queue[Family]" = field(default_factory=Queue)
    gate: "Queue[tuple[Family, str]]" = field(default_factory=Queue)
    closed: threading.Event = field(default_factory=threading.Event)
    kiosk: threading.Lock = field(default_factory=threading.Lock)
    kiosk_browser: Browser | None = None
    troubles: list[str] = field(default_factory=list)
    requests: int = 0

    @contextmanager
    def noted(self, family: Family, step: Step) -> Iterator[None]:
        """Note between which moments the stamp of a step must lie."""
        before = self.clock.now()
        yield
        family.record[step.value] = (before, self.clock.now())

    def screen(self, kind: str) -> Browser:
        """Return the browser of a kiosk or display, bound by its secret."""
        browser = Browser(self.url)
        page = browser.get("/gate/screen/")
        browser.send(page, page.form("/screen/"), secret=self.secrets[kind])
        return browser

    def wait_for(self, event: threading.Event, what: str) -> None:
        """Wait until something has happened.

        Raises:
            AssertionError: It did not within the patience of a person.
        """
        patience = PATIENCE_MINUTES * 60 / self.clock.speed
        assert event.wait(patience), f"nobody came: {what}"


def minutes(hall: Hall, family: Family, kind: str) -> float:
    """Return how long a service takes for a family: the same in every run of a seed."""
    low, high = MINUTES[kind]
    return random.Random(f"{hall.seed} {family.name} {kind}").uniform(low, high)


def comes(hall: Hall, family: Family) -> None:
    """Be a family: come, take a number, be served, go in, leave."""
    hall.clock.wait(family.arrives)
    with hall.kiosk:
        with hall.noted(family, Step.TAKEN):
            page = _takes(hall, family)
        found = KIOSK_LABEL.search(page.text)
        assert found, page.words()
        family.label = found[1]
        hall.waiting[family.label] = family
    hall.wait_for(family.called, f"{family.label} was never on the display")
    hall.wait_for(family.done, f"{family.label} was never served")
    if family.errand == "parcel":
        hall.bags.put(family)
        return
    family.done.clear()
    hall.searches.put(family)
    hall.wait_for(family.done, f"{family.label} was never searched")
    for way, stays in (("in", 20.0), ("out", 0.0)):
        family.done.clear()
        hall.gate.put((family, way))
        hall.wait_for(family.done, f"{family.label} stands at the gate ({way})")
        hall.clock.spend(stays)


def _takes(hall: Hall, family: Family) -> Page:
    if hall.kiosk_browser is None:
        hall.kiosk_browser = hall.screen("kiosk")
    kiosk = hall.kiosk_browser
    page = kiosk.get("/gate/kiosk/")
    if family.reference:
        form = page.form("/kiosk/appointment/")
        return kiosk.send(page, form, reference=family.reference)
    for form in page.forms("/kiosk/take/"):
        if (
            f">{family.errand}<"
            in page.text.partition(form.offered["lane"][0])[2][:200]
        ):
            return kiosk.send(page, form, lane=form.offered["lane"][0])
    raise AssertionError(page.words())


def watches(hall: Hall) -> None:
    """Be the eyes of everybody who waits: whoever is called walks to the window."""
    display = hall.screen("display")
    while not hall.closed.wait(LOOK_SECONDS):
        text = display.get("/gate/display/events/").text
        for line in text.splitlines():
            if line.startswith("data: "):
                for call in json.loads(line.removeprefix("data: "))["calls"]:
                    if family := hall.waiting.get(call["label"]):
                        family.windows = call["window"]["en"]
                        family.called.set()
    hall.requests += display.requests
    display.close()


def works_at_desk(hall: Hall, browser: Browser) -> None:
    """Be an officer at a window: call, scan, register, until nobody comes any more."""
    while not hall.closed.is_set():
        page = browser.get("/gate/queue/")
        before = hall.clock.now()
        page = browser.send(page, page.form("/queue/call/"))
        after = hall.clock.now()
        found = LABEL.search(page.text)
        family = hall.waiting.get(found[1]) if found else None
        if family is None:
            hall.closed.wait(LOOK_SECONDS)
            continue
        family.record[Step.CALLED.value] = (before, after)
        hall.wait_for(family.called, f"{family.label} does not come")
        hall.clock.spend(0.3)
        _serve(hall, browser, family)
        family.done.set()


def _serve(hall: Hall, browser: Browser, family: Family) -> None:
    page = browser.get("/gate/desk/")
    form = page.form("/do/scan/")
    with hall.noted(family, Step.ACCEPTED):
        page = browser.send(page, form, text=family.zone, htmx=True)
    page = _whom(browser, page, family)
    hall.clock.spend(minutes(hall, family, "desk"))
    if family.errand == "parcel":
        _take_in(hall, browser, page, family)
        return
    form = page.form("/do/finish/")
    with hall.noted(family, Step.REGISTERED):
        page = browser.send(page, form, do="register", htmx=True)
    papers = _papers(page)
    found = PASS_CODE.search(browser.get(papers[0]).text) if papers else None
    assert found, f"{family.label} has no pass: {page.words()}"
    family.paper = found[1]


def _whom(browser: Browser, page: Page, family: Family) -> Page:
    """Take the visit that is booked; else choose the prisoner."""
    if family.errand == "visit" and family.reference:
        form = page.form("/do/booked/")
        return browser.send(page, form, visit=form.offered["visit"][0], htmx=True)
    for form in page.forms("/do/whom/"):
        if family.prisoner_id in form.offered.get("prisoner", ()):
            return browser.send(page, form, prisoner=family.prisoner_id, htmx=True)
    raise AssertionError(f"{family.label}: {page.words()}")


def _take_in(hall: Hall, browser: Browser, page: Page, family: Family) -> None:
    page = browser.send(page, page.form("/do/errand/"), htmx=True)
    if not family.list_code:  # else it stands there already
        page = browser.send(page, page.form("/do/put/"), text=GOODS, htmx=True)
    assert 'name="quantity" value="2"' in page.text, page.words()
    hall.clock.spend(minutes(hall, family, "checked" if family.list_code else "parcel"))
    form = page.form("/do/send/")
    with hall.noted(family, Step.HANDED_IN):
        page = browser.send(page, form, do="register", htmx=True)
    papers = _papers(page)
    assert papers, f"{family.label} has no receipt: {page.words()}"
    family.paper = papers[0].split("/")[3]


def _papers(page: Page) -> list[str]:
    told = json.loads(page.headers.get("hx-trigger-after-settle", "{}"))
    urls: list[str] = told.get("darbaza:print", {}).get("urls", [])
    return urls


def inspects(hall: Hall, browser: Browser) -> None:
    """Be the officer who looks into the bags."""
    for family in _each(hall, hall.bags):
        found = BAG.search(browser.get(f"/parcels/{family.paper}/").text)
        assert found, f"{family.label} has no bag"
        page = browser.get(f"/parcels/inspection/?label={found[1]}")
        hall.clock.spend(minutes(hall, family, "search"))
        form = page.form("/inspect/")
        look = {"result": "clear", "kind": "manual", "place": "1"}
        with hall.noted(family, Step.SEARCHED):
            browser.send(page, form, **look)


def searches(hall: Hall, browser: Browser) -> None:
    """Be the officer who searches visitors, with their consent."""
    for family in _each(hall, hall.searches):
        page = browser.get(f"/parcels/search/{family.person_id}/")
        hall.clock.spend(minutes(hall, family, "search"))
        form = page.form("/parcels/search/")
        told = {
            "kind": form.offered["kind"][0], "reason": "at the entrance",
            "consent": "yes", "officer_sex": family.sex, "result": "clear",
        }  # fmt: skip
        with hall.noted(family, Step.SEARCHED):
            page = browser.send(page, form, **told)
        assert page.status == 200, page.words()
        family.done.set()


def guards(hall: Hall, browser: Browser) -> None:
    """Be the officer at the inner gate."""
    for family, way in _each(hall, hall.gate):
        page = browser.get("/gate/inner/")
        form = page.form("/inner/scan/")
        with hall.noted(family, Step.SEATED if way == "in" else Step.LEFT):
            page = browser.send(page, form, code=family.paper, htmx=True)
            if way == "out":
                page = browser.send(page, page.form("/inner/out/"), htmx=True)
        assert f'data-tone="{way}"' in page.text, page.words()
        family.done.set()


def _each(hall: Hall, line: "Queue[T]") -> Iterator[T]:
    """Yield who comes, until the doors are closed and nobody is left."""
    while True:
        try:
            yield line.get(timeout=LOOK_SECONDS)
        except Empty:
            if hall.closed.is_set():
                return
