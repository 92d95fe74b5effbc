"""Every way in which a document reaches the desk, in a real browser."""

import base64
import io
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("playwright.async_api")

from PIL import Image

from darbaza.demo import specimens
from tests.browser import desk, deskhouse, houses, typing

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ZONE = desk.ZONES["asanova-passport"]
READ = ", ".join(desk.READY.format(n) for n in ("compare", "ask", "whom"))
PASSPORT = next(s for s in specimens.SPECIMENS if s.key == "asanova-passport")
PASTED = """([data, name, type]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  const how = { clipboardData, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new ClipboardEvent("paste", how));
}"""
WIDTHS = (1366, 360)
SEEN = """[".dk-zone", "[name=surname_latin]", ".dk-typed button"].every((one) => {
  const box = document.querySelector(one).getBoundingClientRect();
  return box.top >= 0 && box.bottom <= innerHeight
    && document.elementFromPoint(box.x + 9, box.y + box.height / 2)?.closest(one);
})"""
"""Zone, names and the button that confirms them are in sight together."""


class House(NamedTuple):
    """A served prison and where it lives."""

    url: str
    home: Path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    if not Path(desk.CHROMIUM).exists():
        pytest.skip("no Chromium")
    home = houses.home(tmp_path_factory, "prison")
    with deskhouse.served(home) as url:
        yield House(url, home)


async def _is_she(seat: desk.Seat) -> None:
    """Confirm what was read where the desk asks, and see that it is Asanova's."""
    if await seat.page.query_selector(desk.READY.format("compare")):
        await seat.shows("reader-compare")
        await seat.hand.press("Enter")
    if await seat.page.query_selector(desk.READY.format("ask")):
        await seat.hand.press("1")
    await seat.step("whom")
    assert "ZZ0000017" in await seat.page.inner_text(".dk-guest")
    await seat.hand.press("Alt+x")
    await seat.step("who")


async def _until_read(seat: desk.Seat, give: Callable[[], Awaitable[None]]) -> None:
    """Give a picture until it is read: a busy machine may be too slow at first."""
    for _try in range(5):
        await seat.page.evaluate("document.querySelector('.dk-trouble')?.remove()")
        await give()
        await seat.sees(f".dk-trouble, {READ}")
        if await seat.page.query_selector(READ):
            await _is_she(seat)
            return
    pytest.fail(await seat.page.inner_text(".dk-trouble"))


async def _control(seat: desk.Seat, code: str) -> None:
    key = {"code": code, "key": code[3].lower(), "modifiers": 2}
    for kind in ("rawKeyDown", "keyUp"):
        await seat.cdp.send("Input.dispatchKeyEvent", {**key, "type": kind})


def test_two_readers_at_once_ask_for_a_new_swipe_and_the_next_one_counts(house):
    other = desk.ZONES["toktomamatov-passport"]
    mixed = "".join(a + b for a, b in zip(ZONE.strip(), other.strip(), strict=True))

    async def journey() -> None:
        async with desk.signed_in(house.url) as seat:
            await seat.step("who")
            await typing.scan(seat.cdp, mixed.replace("\r", ""), "russian")
            await seat.sees(".dk-trouble")
            await seat.shows("reader-mixed")
            assert await seat.page.query_selector(".dk-guest") is None
            await seat.read("asanova-passport", "russian")
            await seat.hand.press("Alt+x")
            await seat.step("who")

    desk.play(journey())


def test_a_prefix_set_at_this_computer_keeps_every_key_out_of_the_fields(house):
    async def journey() -> None:
        async with desk.signed_in(house.url) as seat:
            await seat.page.click(".dk-window summary")
            await seat.page.fill("#w-prefix", "QZ")
            await seat.page.click(".dk-window button")
            await seat.sees('.dk[data-wedge-prefix="QZ"]')
            await seat.step("who")
            await seat.page.focus("#scan-text")
            await seat.scan(f"QZ{ZONE}", desk.READY.format("whom"), "kyrgyz")
            assert await seat.page.input_value("#scan-text") == ""
            await _control(seat, "KeyM")  # a line end by hand is the browser's
            await seat.hand.press("Alt+x")
            await seat.step("who")
            await seat.hand.type("quiz")
            assert (await seat.page.input_value("#scan-text")).lower() == "quiz"
            await seat.page.fill("#scan-text", "")

    desk.play(journey())


def pdf(path: Path, picture: Path) -> Path:
    """Make a page of paper with a picture on it."""
    page = Image.new("RGB", (1654, 2339), "white")
    image = Image.open(picture).convert("RGB")
    image.thumbnail((1500, 1500))
    page.paste(image, (77, 200))
    page.save(path, "PDF", resolution=200)
    return path


def jpeg(picture: Path) -> str:
    data = io.BytesIO()
    Image.open(picture).convert("RGB").save(data, "JPEG", quality=92)
    return base64.b64encode(data.getvalue()).decode()


def test_a_picture_is_read_pasted_dropped_chosen_or_on_a_page_of_paper(house, tmp_path):
    paper = pdf(tmp_path / "scan.pdf", PASSPORT.path)

    async def journey() -> None:
        async with desk.signed_in(house.url) as seat:
            await seat.step("who")
            given = [jpeg(PASSPORT.path), "clip.jpg", "image/jpeg"]
            await _until_read(seat, lambda: seat.page.evaluate(PASTED, given))
            await _until_read(seat, lambda: seat.drop(PASSPORT.path))
            for file in (PASSPORT.path, paper):
                choose = partial(seat.page.set_input_files, "[data-image-input]", file)
                await _until_read(seat, choose)

    desk.play(journey())


def test_a_scanner_that_saves_to_a_folder_brings_its_picture_to_the_desk(
    house, tmp_path
):
    async def journey() -> None:
        async with desk.signed_in(house.url) as seat:
            await seat.step("who")
            for _try in range(5):  # a busy machine may be too slow at first
                scan = tmp_path / "scan.jpg"
                scan.write_bytes(base64.b64decode(jpeg(PASSPORT.path)))
                said = deskhouse.run(
                    house.home, "watch_folder", str(tmp_path), "--once"
                )
                if said == "scan.jpg: read\n":
                    break
            assert said == "scan.jpg: read\n"
            await seat.sees(READ)
            await _is_she(seat)

    desk.play(journey())


@pytest.mark.parametrize("username", ["officer", "chief"])
def test_a_doubtful_reading_is_compared_field_by_field(house, username):
    hurt = ZONE.replace("ZZ00000170", "ZZ0000O170").replace("8603142", "8903142")

    async def journey() -> None:
        async with desk.signed_in(house.url, username=username) as seat:
            for text, mark in ((ZONE.replace("0170", "O170"), "r"), (hurt, "d")):
                await seat.step("who")
                await seat.page.fill("#scan-text", text.strip().replace("\r", "\n"))
                await seat.hand.press("Enter")
                await seat.step("compare")
                assert await seat.page.query_selector(f".dk-mark--{mark}")
                for width in WIDTHS:
                    size = {"width": width, "height": 768}
                    await seat.page.set_viewport_size(size)
                    await seat.shows(f"compare-{mark}-{username}-{width}")
                    wide = await seat.page.evaluate(
                        "document.documentElement.scrollWidth"
                    )
                    assert wide <= width
                    assert await seat.page.evaluate(SEEN)
                await seat.page.set_viewport_size({"width": 1366, "height": 768})
                if mark == "r":
                    await seat.until("document.activeElement?.tagName === 'BUTTON'")
                    await _is_she(seat)
                else:
                    await seat.hand.press("Escape")
                    await seat.step("who")

    desk.play(journey())
