"""Camera and serial reader at the desk: simulated devices, real browser, real bytes."""

import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.async_api")

from PIL import Image

from darbaza.demo import specimens
from tests.browser import desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIMULATED = """
// A reader on a serial line: what `arrive` is given comes out of its port.
(() => {
  let wire = null;
  const port = {
    open: async () => {
      port.readable = new ReadableStream({ start(controller) { wire = controller; } });
    },
    close: async () => {},
  };
  const serial = new EventTarget();
  // What was granted once is there again on the next page.
  serial.getPorts = async () => (sessionStorage.granted ? [port] : []);
  serial.requestPort = async () => { sessionStorage.granted = "yes"; return port; };
  Object.defineProperty(navigator, "serial", { value: serial });
  window.arrive = async (pieces) => {
    for (const piece of pieces) {
      wire.enqueue(new Uint8Array(piece));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
})();
"""
STX, ETX = b"\x02", b"\x03"


def recorded(key: str) -> bytes:
    """Return what a reader sends for a document: framed lines, each with CR."""
    return STX + desk.ZONES[key].encode("ascii") + ETX


def split(data: bytes, *places: int) -> list[list[int]]:
    """Cut bytes as a line under load delivers them: anywhere, never at a line end."""
    edges = [0, *places, len(data)]
    return [list(data[a:b]) for a, b in pairwise(edges)]


async def _plugged(seat: desk.Seat) -> None:
    await seat.page.click("[data-serial]")
    await seat.sees("[data-serial][data-state=on]")


async def _arrives(seat: desk.Seat, pieces: list[list[int]]) -> None:
    await seat.page.evaluate(f"arrive({json.dumps(pieces)})")


def test_a_serial_reader_is_read_however_its_bytes_are_cut(prison):
    async def journey() -> None:
        async with desk.signed_in(prison, before=SIMULATED) as seat:
            await seat.step("who")
            await _plugged(seat)
            data = recorded("asanova-passport")
            for pieces in (
                split(data, 1, 17, 45, 46, 60),
                split(data * 2, 30, len(data) + 5),  # the same document swiped twice
                split(data[1:-1], 40),  # a reader that frames nothing: a pause ends it
                split(b"\x00\xff" + data[:20] + data, 9),  # a swipe that broke off
            ):
                await seat.sees("[data-serial][data-state=on]")
                await _arrives(seat, pieces)
                await seat.step("whom")
                guests = await seat.page.query_selector_all(".dk-guest")
                assert len(guests) == 1
                assert "ZZ0000017" in await guests[0].inner_text()
                await seat.hand.press("Alt+x")
                await seat.step("who")
            await seat.shows("desk-serial")

    desk.play(journey())


def film(path: Path, picture: Path, *, side: int = 1280) -> Path:
    """Make a film: an empty stand at first, then a page that somebody puts there."""
    image = Image.open(picture).convert("RGB")
    image.thumbnail((side, side))
    frame = Image.new("RGB", (side, side * 9 // 16), (90, 96, 99))
    image.thumbnail(frame.size)
    empty, page = frame, frame.copy()
    page.paste(image, ((frame.width - image.width) // 2, 0))
    path.write_bytes(_jpeg(empty) * 20 + _jpeg(page) * 100)
    return path


def _jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=92)
    return data.getvalue()


def test_a_document_held_before_the_webcam_is_read(prison, tmp_path):
    one = next(s for s in specimens.SPECIMENS if s.key == "asanova-passport")
    seen = film(tmp_path / "page.mjpeg", one.path)

    async def journey() -> None:
        flags = (*desk.CAMERA, f"--use-file-for-fake-video-capture={seen}")
        async with desk.signed_in(prison, *flags) as seat:
            await seat.step("who")
            await seat.page.click(".dk-camera [data-camera-start]")
            await seat.sees("[data-step=whom], [data-step=compare]")
            await seat.shows("desk-webcam")
            shown = await seat.page.inner_text("#desk-work")
            assert "ZZ0000017" in shown
            await _put_away(seat)

    desk.play(journey())


def test_a_photograph_is_taken_by_webcam_and_stands_at_the_exit(prison):
    async def journey() -> None:
        async with desk.signed_in(prison, *desk.CAMERA) as seat:
            await seat.step("who")
            await seat.read("toktomamatov-passport")
            await seat.hand.press("Alt+p")
            await seat.until("document.activeElement?.matches('[data-camera-take]')")
            await seat.hand.press("Enter")
            image = await seat.sees(".dk-guest__photo img")
            size: Any = await image.evaluate(
                """async (e) => {
                    await e.decode();
                    return [e.naturalWidth, e.naturalHeight];
                }"""
            )
            assert abs(size[0] / size[1] - 0.8) < 0.02, "four by five, as on a pass"
            await _put_away(seat)

    desk.play(journey())


def test_a_desk_without_a_camera_says_so_and_goes_on(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await seat.step("who")
            await seat.page.click(".dk-camera [data-camera-start]")
            await seat.sees(".dk-camera [data-camera-trouble]")
            await seat.shows("desk-no-camera")
            await seat.read("asanova-passport")
            await _put_away(seat)

    desk.play(journey())


async def _put_away(seat: desk.Seat) -> None:
    if await seat.page.query_selector(desk.READY.format("compare")):
        await seat.hand.press("Escape")
    for _try in range(40):
        if await seat.page.query_selector(desk.READY.format("who")):
            return
        await seat.hand.press("Alt+x")
        await seat.page.wait_for_timeout(500)
    pytest.fail("the desk does not become empty")
