"""A parcel of ten lines in a real browser: reader, scale and keyboard, never a mouse."""

import json
from typing import Any

import pytest

pytest.importorskip("playwright.async_api")

from tests.browser import desk
from tests.browser.test_reading_devices import SIMULATED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEN = (
    "2 чай", "сахар 1", "печ 2", "лапша 5", "тушёнка 2", "мыло 2", "зубная п 1",
    "туал 4", "сигар 10", "носки 3",
)  # fmt: skip
"""What a mother brings, as an officer types it: ten lines."""


async def _brought(seat: desk.Seat, record: Any) -> int:
    """Register a sending; return the strokes between scan and printed receipt."""
    await seat.step("who")
    await seat.read("asanova-passport")
    before = seat.hand.keys
    await seat.hand.press("1")
    await seat.step("decide")
    await seat.hand.press("F4")
    await seat.step("parcel")
    await record()
    await seat.sees(".dk-done--registered")
    return seat.hand.keys - before


async def _entered(seat: desk.Seat) -> None:
    for number, text in enumerate(TEN, start=1):
        await seat.hand.type(text)
        await seat.hand.press("Enter")
        await seat.sees(f".dk-goods__line:nth-child({number})", state="attached")
        await seat.until(desk.SETTLED)
    await seat.shows("parcel-lines")
    await seat.hand.press("Control+Enter")


async def _repeated(seat: desk.Seat) -> None:
    await seat.hand.press("Alt+r")
    await seat.sees(".dk-goods__line:nth-child(10)")
    await seat.until("document.activeElement?.matches('.dk-main')")
    await seat.shows("parcel-repeated")
    await seat.hand.press("Enter")


def test_ten_lines_are_taken_in_by_keyboard_and_next_time_by_four_keys(
    prison, record_property
):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            first = await _brought(seat, lambda: _entered(seat))
            papers = await seat.papers(1)
            text, data = await seat.printed(papers[0])
            assert desk.says(text, "Сигареты") or desk.says(text, "Тамеки")
            assert not desk.says(text, "27-0412"), "no prisoner stands on the receipt"
            assert len(desk.codes(data)) == 1
            await seat.shows("parcel-done")

            again = await _brought(seat, lambda: _repeated(seat))
            await seat.papers(2)

            record_property("strokes_ten_lines", first)
            record_property("strokes_repeated", again)
            assert again == 4
            assert first <= sum(len(t) + 1 for t in TEN) + 3

    desk.play(journey())


def test_the_scale_fills_the_weight_and_a_broken_line_fills_nothing(prison):
    async def journey() -> None:
        async with desk.signed_in(prison, before=SIMULATED) as seat:
            await seat.step("who")
            await seat.page.click("[data-serial]")
            await seat.sees("[data-serial][data-state=on]")
            await seat.read("asanova-passport")
            await seat.hand.press("1")
            await seat.step("decide")
            await seat.hand.press("F4")
            await seat.step("parcel")
            await seat.hand.type("2 чай")
            await seat.hand.press("Enter")
            await seat.sees(".dk-goods__line")
            await _weighs(seat, b"S S   9.9")  # pulled out in the middle of a line
            await seat.page.wait_for_timeout(400)
            assert await seat.page.input_value("#g-weight") == ""
            await _weighs(seat, b"S D   0.240 kg\r\n", b"S S   0.2", b"35 kg\r\n")
            await seat.until("document.getElementById('g-weight').value === '235'")
            await seat.shows("parcel-scale")
            await seat.hand.press("Control+Enter")
            done = await seat.sees(".dk-done--registered")
            assert "235" in await done.inner_text()

    desk.play(journey())


async def _weighs(seat: desk.Seat, *pieces: bytes) -> None:
    await seat.page.evaluate(f"arrive({json.dumps([list(p) for p in pieces])})")
