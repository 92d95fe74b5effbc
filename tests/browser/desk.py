"""A seat at the desk: a browser of its own, somebody signed in, a reader and a hand."""

import asyncio
import base64
import io
import os
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright import async_api as playwright

from darbaza.demo import specimens
from tests.browser import deskhouse, typing

CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
AXE = deskhouse.ROOT / "node_modules" / "axe-core" / "axe.min.js"
ZONES = {one.key: one.text for one in specimens.SPECIMENS}
READY = "#desk-work[data-step={}]"
SHOTS = os.environ.get("DARBAZA_SEEN", "")
"""A folder for pictures of every state that a journey goes through."""
SETTLED = "!document.querySelector('.htmx-request, .htmx-settling, .htmx-added')"
PRINTER = """
// A browser without a screen has no printer: what would be printed is noted.
window.print = () => { (window.top.papers ??= []).push(location.href); };
"""
STATE = """({
  address: location.href, step: document.getElementById("desk-work")?.dataset.step,
  said: document.getElementById("scan-live")?.textContent,
  notes: document.getElementById("messages")?.innerText,
  trouble: document.querySelector(".dk-trouble")?.innerText,
  zone: document.getElementById("scan-text")?.value,
  focus: document.activeElement?.outerHTML.slice(0, 120), seen: document.hasFocus(),
  asking: document.querySelectorAll(".htmx-request").length,
})"""
"""What is told where the desk is not as it should be."""
PATIENCE_MS = 60_000
GAP_MS = 420
PATIENCE = """
// Where tests share two cores, keys of one scan come in fits and starts: the page is
// told so, as it would be for a slow reader.
new MutationObserver((_changes, observer) => {
  if (!document.body) return;
  document.body.dataset.wedgeGap = "400";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def play(journey: Coroutine[Any, Any, None]) -> None:
    """Run a journey to its end, whatever else runs a loop in this process."""
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(journey)
        except BaseException as error:  # noqa: BLE001 - raised again below
            wrong.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if wrong:
        raise wrong[0]


@dataclass(slots=True)
class Seat:
    """Somebody at a desk."""

    page: Any
    cdp: Any
    hand: typing.Hand
    url: str
    troubles: list[str] = field(default_factory=list)

    async def step(self, name: str) -> None:
        """Wait until the desk is at a step."""
        try:
            await self.page.wait_for_selector(READY.format(name), timeout=PATIENCE_MS)
        except playwright.TimeoutError:
            pytest.fail(f"not at {name}: {await self.page.evaluate(STATE)}")
        await self.until(SETTLED)

    async def sees(self, selector: str, **more: Any) -> Any:
        """Wait until something is seen, and give it."""
        return await self.page.wait_for_selector(selector, timeout=PATIENCE_MS, **more)

    async def until(self, words: str, given: Any = None) -> None:
        """Wait until something is true (the page's policy forbids Playwright's way)."""
        for _try in range(400):
            if await self.page.evaluate(words, given):
                return
            await self.page.wait_for_timeout(100)
        pytest.fail(f"never true: {words}")

    async def scan(self, text: str, until: str, layout: str = "us") -> None:
        """Let the reader type until the page shows it was read, as an officer does.

        On a machine under load a test cannot type as evenly as a reader does.
        """
        for _try in range(4):
            await typing.scan(self.cdp, text, layout)
            try:
                await self.page.wait_for_selector(until, timeout=15_000)
            except playwright.TimeoutError:
                if await self.page.query_selector("#scan-text"):
                    await self.page.fill("#scan-text", "")
            else:
                await self.page.wait_for_timeout(GAP_MS)  # Enter is the hand's again
                return
        state = await self.page.evaluate(STATE)
        pytest.fail(f"not read under the layout {layout}: {text[:9]}\n{state}")

    async def read(self, key: str, layout: str = "us", step: str = "whom") -> None:
        """Read a specimen document."""
        await self.scan(ZONES[key], READY.format(step), layout)

    async def shows(self, name: str) -> None:
        """Keep a picture for whoever wants to look."""
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            await self.page.wait_for_timeout(300)
            await self.page.screenshot(path=f"{SHOTS}/{name}.png")

    async def drop_until(self, path: Path, selector: str) -> None:
        """Drop a picture until it is read: a busy machine may be too slow at first."""
        for _try in range(5):
            await self.drop(path)
            await self.sees(f".dk-trouble, {selector}")
            if await self.page.query_selector(selector):
                return
        pytest.fail(await self.page.inner_text(".dk-trouble"))

    async def drop(self, path: Path) -> None:
        """Drop a picture on the page, as somebody with a mouse would."""
        data = base64.b64encode(path.read_bytes()).decode()
        await self.page.evaluate(
            """([data, name]) => {
                const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
                const files = new DataTransfer();
                files.items.add(new File([bytes], name, { type: "image/jpeg" }));
                const init = { dataTransfer: files, bubbles: true, cancelable: true };
                document.body.dispatchEvent(new DragEvent("drop", init));
            }""",
            [data, path.name],
        )

    async def papers(self, count: int) -> list[str]:
        """Return what was sent to the printer, once there is as much as that."""
        await self.until("n => (window.papers ?? []).length >= n", count)
        found: list[str] = await self.page.evaluate("window.papers")
        assert len(found) == count
        return found

    async def printed(self, address: str) -> tuple[str, bytes]:
        """Return words and PDF of a paper as this browser lays it out for a printer."""
        sheet = await self.page.context.new_page()
        answer = await sheet.goto(address)
        assert answer.status == 200, address
        await sheet.evaluate("document.fonts.ready")
        data = await sheet.pdf(prefer_css_page_size=True)
        await sheet.close()
        return words(data), data

    async def pdf(self, address: str) -> tuple[str, bytes]:
        """Return words and content of a paper that the house made as PDF."""
        answer = await self.page.context.request.get(address)
        assert answer.status == 200, await answer.text()
        data = await answer.body()
        return words(data), data


def words(data: bytes) -> str:
    """Return the text of a PDF."""
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(p.extract_text() for p in pages).split())


def says(text: str, wanted: str) -> bool:
    """Letters of two font files leave gaps in the text of a PDF: they do not count."""
    return "".join(wanted.split()) in "".join(text.split())


def pages(data: bytes) -> list[tuple[int, int]]:
    """Return width and height of every page of a PDF in millimetres."""
    boxes = [p.mediabox for p in pypdf.PdfReader(io.BytesIO(data)).pages]
    return [(round(float(b.width) / 72 * 25.4), round(float(b.height) / 72 * 25.4))
            for b in boxes]  # fmt: skip


def codes(data: bytes) -> list[str]:
    """Read the QR codes of a PDF back, from its drawn pages."""
    drawn = pytest.importorskip("pypdfium2").PdfDocument(data)
    decoder = pytest.importorskip("zxingcpp")
    found: list[str] = []
    for page in drawn:
        image = page.render(scale=3).to_pil().convert("L")
        found += [str(code.text) for code in decoder.read_barcodes(image)]
    return found


@asynccontextmanager
async def chromium(*flags: str, **more: Any) -> AsyncIterator[Any]:
    """Start a browser."""
    async with playwright.async_playwright() as program:
        browser = await program.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, *flags], **more
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def opened(
    browser: Any, url: str, *, before: str = "", **context: Any
) -> AsyncIterator[Seat]:
    """Open a window of its own at a house; nothing may break in it."""
    size = {"width": 1366, "height": 768}
    place = await browser.new_context(**({"viewport": size} | context))
    await place.add_init_script(PRINTER)
    await place.add_init_script(PATIENCE)
    if before:
        await place.add_init_script(before)
    page = await place.new_page()
    seat = Seat(page, await place.new_cdp_session(page), typing.Hand(page), url)
    page.on("pageerror", lambda error: seat.troubles.append(str(error)))
    page.on("console", lambda said: _note(seat, said))
    page.on("request", lambda asked: _inside(seat, asked.url))
    yield seat
    await place.close()
    assert seat.troubles == [], seat.troubles


def _note(seat: Seat, said: Any) -> None:
    # Playwright's own pictures put an empty style into the page, which is refused.
    own = SHOTS and "sha256-47DEQpj8HBSa+" in said.text
    if "Content Security Policy" in said.text and not own:
        seat.troubles.append(said.text)


def _inside(seat: Seat, address: str) -> None:
    if not address.startswith((seat.url, "data:", "blob:")):
        seat.troubles.append(f"asked for {address}")


@asynccontextmanager
async def signed_in(
    url: str, *flags: str, username: str = "officer", **context: Any
) -> AsyncIterator[Seat]:
    """Open a browser and sign somebody in at the desk, by keyboard."""
    async with chromium(*flags) as browser, opened(browser, url, **context) as seat:
        await sign_in(seat, username, deskhouse.PASSWORD)
        await at_desk(seat)
        await _cleared(seat)
        yield seat


async def _cleared(seat: Seat) -> None:
    """Put away what whoever sat here before left half done."""
    if await seat.page.query_selector(READY.format("who")) is None:
        await seat.hand.press("Alt+x")
        await seat.step("who")
        seat.hand.keys = 0


async def sign_in(seat: Seat, username: str, password: str) -> None:
    """Sign in by keyboard."""
    await seat.page.goto(f"{seat.url}/gate/desk/")
    await seat.page.focus("[name=login]")
    await seat.page.keyboard.type(username)
    await seat.page.keyboard.press("Tab")
    await seat.page.keyboard.type(password)
    await seat.page.keyboard.press("Enter")


async def at_desk(seat: Seat) -> None:
    """Wait until the desk listens."""
    await seat.sees(".js-enabled .dk")
    await seat.until("window.htmx !== undefined")
