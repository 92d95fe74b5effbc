"""``make shots``: a picture of every main screen, in three languages, two widths.

Makes the small demonstration in a folder of its own, serves it, walks through it with
Chromium and writes ``docs/shots/<language>/<scene>[-360].png``. The guides show these
pictures; run it after every change of a screen and look at each one.
"""

import argparse
import asyncio
import io
import os
import re
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright import async_api as playwright

from tests.browser import desk, deskhouse, shown, typing

SHOTS = deskhouse.ROOT / "docs" / "shots"
WIDE, NARROW = (1366, 768), (360, 780)
NUMBER = re.compile(r"DZ1:[0-9A-Z:.-]+|(?:[0-9A-Z]{4}[ -]){5}[0-9A-Z]{4}")
CODES = "/prisoners/?q=27-00001 table tbody a > a[href*='/appointments/codes/']"
GIVE = f"{CODES} > table tbody a"


@dataclass(slots=True)
class Eye:
    """A browser that is signed in somewhere, and what it is to take."""

    page: Any
    cdp: Any
    url: str
    folder: Path
    wide: bool
    chosen: str

    async def open(self, path: str) -> None:
        """Go to an address of the house and wait until it stands."""
        await self.page.goto(self.url + path, wait_until="load")

    async def be(self, username: str, language: str) -> None:
        """Sign in as somebody of the demonstration and choose the language."""
        await self.page.context.clear_cookies()
        await self.open("/try-it/")
        button = f"button[name=username][value='{username}']"
        if not await self.page.query_selector(button):
            raise LookupError(f"the page offers no {username}")
        await self.page.locator(button).first.evaluate("b => b.click()")
        await self.page.wait_for_url(lambda url: "try-it" not in url)
        await self.language(language)

    async def language(self, code: str) -> None:
        """Choose a language, as the switch at the top does."""
        await self.page.evaluate(
            """async (code) => {
                const field = "[name=csrfmiddlewaretoken]";
                const token = document.querySelector(field).value;
                const body = new URLSearchParams({language: code});
                await fetch("/language/", {method: "POST", body,
                  headers: {"X-CSRFToken": token}});
            }""",
            code,
        )

    async def take(self, name: str) -> None:
        """Save what is seen now: 64 colours are enough for pages and small files."""
        if self.chosen and self.chosen not in name:
            return
        await self.page.wait_for_timeout(250)
        data = await self.page.screenshot(
            full_page=not self.wide, animations="disabled"
        )
        image = Image.open(io.BytesIO(data)).convert("RGB")
        if image.height > 2400:
            image = image.crop((0, 0, image.width, 2400))
        few = image.quantize(
            64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        path = self.folder / f"{name}{'' if self.wide else '-360'}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        few.save(path, optimize=True)
        sys.stdout.write(f"{path.relative_to(SHOTS.parent)}\n")

    async def scan(self, key: str, step: str) -> None:
        """Scan a specimen document with the reader that types."""
        seat = desk.Seat(self.page, self.cdp, typing.Hand(self.page), self.url)
        await seat.read(key, step=step)

    async def first(self, selector: str) -> str:
        """Return the address of the first link of that kind on the page."""
        found = await self.page.get_attribute(selector, "href")
        if not found:
            raise LookupError(selector)
        return str(found)


async def door(eye: Eye, language: str) -> None:
    """Before anybody is signed in."""
    await eye.page.context.clear_cookies()
    for name, path in (("sign-in", "/account/login/"), ("try-it", "/try-it/")):
        await eye.open(path)
        await eye.language(language)
        await eye.open(path)
        await eye.take(name)


async def registering(eye: Eye, language: str) -> None:
    """A known visitor is registered, another one refused."""
    await eye.be("gate-27", language)
    await eye.open("/gate/desk/")
    await _empty(eye)
    await eye.take("desk-empty")
    await eye.scan("asanova-passport", "whom")
    await eye.take("desk-scanned")
    await eye.page.keyboard.press("1")
    await eye.page.wait_for_selector(desk.READY.format("decide"))
    await eye.take("desk-green")
    await eye.page.keyboard.press("F3")
    await eye.page.wait_for_selector(desk.READY.format("compare"))
    await eye.take("desk-typed")
    await eye.page.keyboard.press("Escape")
    await _empty(eye)
    for key, name in (
        ("beishenaliev-card", "red"),
        ("mamytova-expired-passport", "amber"),
    ):
        await eye.scan(key, "whom")
        await eye.page.keyboard.press("1")
        await eye.page.wait_for_selector(desk.READY.format("decide"))
        await eye.take(f"desk-{name}")
        await _empty(eye)


async def parcel(eye: Eye, language: str) -> None:
    """A sender with the usual goods: entered, decided, taken in."""
    await eye.be("gate-27", language)
    await eye.open("/gate/desk/")
    await _empty(eye)
    await eye.scan("asanova-passport", "whom")
    await eye.page.keyboard.press("1")
    await eye.page.wait_for_selector(desk.READY.format("decide"))
    await eye.page.keyboard.press("F4")
    await eye.page.wait_for_selector(desk.READY.format("parcel"))
    await eye.take("parcel-desk")
    await eye.page.select_option("#g-bundle", "usual")
    await eye.page.wait_for_selector(".dk-goods__line:nth-child(10)", state="attached")
    await eye.page.fill("#goods", "карты")
    await eye.page.wait_for_selector("#goods-options button")
    await eye.page.keyboard.press("Enter")
    await eye.page.wait_for_selector(".dk-goods__line:nth-child(11)", state="attached")
    await eye.take("parcel-lines")
    await eye.page.keyboard.press("Control+Enter")
    await eye.page.wait_for_selector(".dk-done")
    await eye.take("parcel-done")
    await _empty(eye)


async def family(eye: Eye, language: str) -> None:
    """What a family sees without signing in."""
    await eye.page.context.clear_cookies()
    for name in ("state", "list", "may-bring"):
        await eye.open(f"/parcels/{name}/")
        await eye.language(language)
        await eye.open(f"/parcels/{name}/")
        await eye.take(f"family-{name}")


async def booking(eye: Eye, language: str) -> None:
    """A code is given at the entrance; with it the family books, changes, cancels."""
    await eye.be("gate-27", language)
    for name, where in (("codes", CODES), ("give", GIVE)):
        if not await _go(eye, where):
            raise LookupError(where)
        await eye.take(f"appointments-{name}")
    await eye.page.select_option("main select[name=language]", language)
    await _press(eye, "main form button")
    await eye.take("appointments-given")
    code = await eye.page.locator("main .mono").first.inner_text()
    await eye.page.context.clear_cookies()
    await eye.open("/family/")
    await eye.language(language)
    await eye.open("/family/")
    await eye.take("family-start")
    await _press(eye, ".way--first")
    await eye.page.fill("[name=code]", code)
    await eye.take("family-code")
    await _press(eye, "main form button")
    await eye.take("family-mine")
    await _press(eye, "a.way[href*='/book/parcel/']")
    await eye.take("family-days")
    await _press(eye, "main .way")
    await eye.take("family-times")
    await _press(eye, "main .way")
    await eye.take("family-confirm")
    await _press(eye, "main form button")
    await eye.take("family-booked")
    await _press(eye, "a[href*='instead']")
    await eye.take("family-change")
    await eye.page.go_back()
    await _press(eye, "a[href$='/cancel/']")
    await eye.take("family-cancel")


async def list_code(eye: Eye, language: str) -> None:
    """A list made at home, with the code that the desk scans."""
    await eye.page.context.clear_cookies()
    await eye.open("/parcels/list/")
    await eye.language(language)
    await eye.open("/parcels/list/")
    for number in range(3):
        await eye.page.locator(".goods input").nth(number).fill("2")
    await _press(eye, "main form button")
    await eye.take("family-list-code")


async def _press(eye: Eye, selector: str) -> None:
    """Press the first of that kind and wait for the page it leads to."""
    async with eye.page.expect_navigation():
        await eye.page.locator(selector).first.click()


async def queue(eye: Eye, language: str) -> None:
    """Numbers: at the window, on the kiosk and the display, in the reports."""
    await eye.be("gate-27", language)
    await eye.open("/sites/my-post/")
    await eye.page.check("#post-1")
    await eye.page.locator("main button").last.click()
    await eye.open("/gate/queue/")
    await eye.take("queue")
    await eye.open(f"/gate/kiosk/?language={language}")
    await eye.take("kiosk")
    if eye.wide:
        await eye.page.locator(".kiosk__lane").first.click()
        await eye.page.wait_for_selector(".kiosk__number")
        await eye.take("kiosk-number")
        await eye.page.set_viewport_size({"width": 1280, "height": 720})
        await eye.open("/gate/display/")
        await eye.take("display")
        await eye.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    await eye.be("shift-27", language)
    for name, path in (
        ("waits", "/gate/waits/?by=lane"),
        ("waits-paper", "/gate/waits/paper/"),
        ("queue-set-up", "/gate/queue/set-up/"),
    ):
        await eye.open(path)
        await eye.take(name)


async def _empty(eye: Eye) -> None:
    """Put the party in hand away, until the desk is empty."""
    for _try in range(3):
        if await eye.page.query_selector(desk.READY.format("who")):
            return
        await eye.page.keyboard.press("Alt+x")
        await eye.page.wait_for_timeout(500)


async def gate(eye: Eye, language: str) -> None:
    """A pass is scanned at the inner gate, on the way in and on the way out."""
    await eye.be("gate-27", language)
    await eye.open("/gate/inner/")
    await eye.take("gate-ready")
    code = await _pass(eye)
    for name, way in (("gate-in", "in"), ("gate-compare", "out")):
        await eye.open("/gate/inner/")
        await eye.page.check(f"[name=way][value={way}]", force=True)
        await eye.page.fill("#code", code)
        await eye.page.keyboard.press("Enter")
        await eye.page.wait_for_selector(".ig__result:not(.ig__result--ready)")
        await eye.take(name)
    await eye.open("/gate/inner/lost/")
    await eye.take("gate-lost")


async def _pass(eye: Eye) -> str:
    """Register the visitor of the first story and return the number of the pass."""
    await eye.open("/gate/desk/")
    await _empty(eye)
    await eye.scan("asanova-passport", "whom")
    await eye.page.keyboard.press("1")
    await eye.page.wait_for_selector(desk.READY.format("decide"))
    if await eye.page.query_selector("[value=register]"):
        await eye.page.locator("[value=register]").first.click()
        await eye.page.wait_for_selector(".dk-done--registered")
        await eye.take("desk-done")
    await _empty(eye)
    link = await eye.page.get_attribute("[data-reprints] a", "href")
    answer = await eye.page.context.request.get(
        eye.url + str(link).replace(".pdf", "/").split("?")[0]
    )
    found = NUMBER.search(await answer.text())
    if not found:
        raise LookupError("no number on the pass")
    return found.group()


async def pages(eye: Eye, language: str) -> None:
    """Every other main page, as somebody who may open it; a missing one stops none."""
    missing = []
    for username, places in shown.PAGES:
        wanted = [
            (name, where)
            for name, where in places
            if eye.chosen in name
            and (language == "en" or name in shown.IN_EVERY_LANGUAGE)
        ]
        if wanted:
            await eye.be(username, language)
        for name, where in wanted:
            if await _go(eye, where):
                await eye.take(name)
            else:
                missing.append(name)
    if missing:
        raise LookupError(f"not there: {', '.join(missing)}")


async def _go(eye: Eye, where: str) -> bool:
    """Open an address, then the first link of each kind; say whether it is there."""
    path, _, links = where.partition(" ")
    now = morning()
    known = {
        "month": f"{now.year}/{now.month}",
        "booked": f"{now + timedelta(days=2):%d.%m.%Y}",  # the first that families book
    }
    answer = await eye.page.goto(eye.url + path.format(**known))
    if answer.status >= 400:
        return False
    for selector in filter(None, links.split(" > ")):
        link = await eye.page.query_selector(f"main {selector}")
        if link is None:
            return False
        await eye.page.goto(eye.url + str(await link.get_attribute("href")))
    return True


Scene = Callable[[Eye, str], Awaitable[None]]
ALL: tuple[Scene, ...] = (
    door, registering, gate, queue, parcel, family, booking, list_code, pages,
)  # fmt: skip
MAIN: tuple[Scene, ...] = ALL[1:]


async def walk(
    url: str, *, language: str, size: tuple[int, int], chosen: str
) -> list[str]:
    """Take every picture in one language and size; return what went wrong."""
    wrong: list[str] = []
    width, height = size
    async with desk.chromium() as browser:
        context = await browser.new_context(
            viewport={"width": width, "height": height}, locale=language
        )
        await context.add_init_script(
            "document.addEventListener('darbaza:printing', (e) => e.preventDefault());"
        )
        await context.add_init_script(desk.PATIENCE)
        page = await context.new_page()
        cdp = await context.new_cdp_session(page)
        eye = Eye(page, cdp, url, SHOTS / language, size == WIDE, chosen)
        for scene in ALL if language == "en" else MAIN:
            try:
                await scene(eye, language)
            except (playwright.Error, LookupError, pytest.fail.Exception) as error:
                wrong.append(f"{language} {width} {scene.__name__}: {error}")
    return wrong


def morning() -> datetime:
    """Return the coming Tuesday, twenty to eleven: the middle of a gate's day."""
    now = datetime.now(ZoneInfo("Asia/Bishkek"))
    day = now + timedelta(days=(1 - now.weekday()) % 7 or 7)
    return day.replace(hour=10, minute=40, second=0, microsecond=0)


def fresh(told: dict[str, Any]) -> list[str]:
    """Make a demonstration of its own and walk through it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        deskhouse.run(home, "migrate", "-v0")
        deskhouse.run(home, "demo", "--small")
        with deskhouse.served(home) as url:
            return asyncio.run(walk(url, **told))


def main() -> int:
    """Serve the demonstration and look at it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a demonstration that is served already")
    parser.add_argument("--language", action="append", choices=["en", "ky", "ru"])
    parser.add_argument("--only", default="", help="scenes whose name holds this")
    parser.add_argument("--wide", action="store_true", help="only the wide pictures")
    given = parser.parse_args()
    if not given.url:
        os.environ["DARBAZA_SHOWN_AT"] = str(morning().timestamp())
        os.environ["PYTHONPATH"] = str(Path(__file__).parent / "clock")
    wrong = []
    for language in given.language or ["en", "ky", "ru"]:
        for size in (WIDE,) if given.wide else (WIDE, NARROW):
            told = {"language": language, "size": size, "chosen": given.only}
            if given.url:
                wrong += asyncio.run(walk(given.url, **told))
            else:  # each begins with a day that nobody has touched
                wrong += fresh(told)
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
