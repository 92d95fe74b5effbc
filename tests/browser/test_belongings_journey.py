"""From the desk to the locker and out again, by keys and scans alone."""

from typing import Any

import pytest

pytest.importorskip("playwright.async_api")

from tests.browser import desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def _scanned(seat: Any, selector: str, text: str) -> None:
    """Type as a reader of short codes does, into the box that waits, with Enter."""
    await seat.sees(f"{selector}:focus")
    await seat.page.keyboard.type(text)
    await seat.hand.press("Enter")


def test_things_are_left_and_fetched_by_keys_and_scans_alone(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await seat.read("asanova-passport")
            await seat.step("whom")
            await seat.hand.press("1")
            await seat.step("decide")
            await seat.hand.press("Enter")
            await seat.sees(".dk-done--registered")

            await seat.hand.press("Alt+l")
            await seat.sees("#id_count_phone:focus")
            await seat.page.keyboard.type("1")
            await seat.hand.press("Enter")
            await seat.sees(".ct-things")
            await seat.shows("belongings-taken")
            tag = await seat.page.inner_text("h1 .mono")
            assert len(tag) == 6

            await seat.page.goto(seat.url + "/gate/belongings/")
            await _scanned(seat, "#tag", tag)
            await seat.sees(".ct-things")
            await seat.hand.press("Enter")  # the button has the keyboard
            await seat.sees("#tag:focus")
            await _scanned(seat, "#tag", tag)
            await seat.sees(".govuk-tag--grey")  # the same tag again: given back
            assert not await seat.page.query_selector(".ct-things + form")

    desk.play(journey())
