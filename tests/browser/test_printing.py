"""One keystroke prints: in the size of the printer, whatever browser, never a trap."""

import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.async_api")

from playwright import async_api as playwright

from tests.browser import desk, deskhouse

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"a5": (148, 210), "80mm": (80, None)}
KIOSK = "--kiosk-printing"
NOT_PRINTED = ".note--error"


async def _register(seat: desk.Seat) -> None:
    await seat.step("who")
    await seat.read("asanova-passport")
    await seat.until("document.activeElement?.matches('[data-option]')")
    await seat.hand.press("Enter")
    await seat.step("decide")
    await seat.until("document.activeElement?.value === 'register'")
    await seat.hand.press("Enter")
    await seat.sees(".dk-done--registered")


async def _undo(seat: desk.Seat) -> None:
    """Take the visit back, so that the next story finds the house as it was."""
    await seat.hand.press("Alt+u")
    await seat.until("document.activeElement?.id === 'undo-why'")
    await seat.hand.type("сыноо")
    await seat.hand.press("Enter")
    await seat.sees(".dk-done--cancelled")


def test_a_pass_is_as_large_as_the_paper_of_the_printer(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await _register(seat)
            (address,) = await seat.papers(1)
            for size, (width, height) in SIZES.items():
                _words, paper = await seat.printed(
                    f"{address.split('?')[0]}?size={size}"
                )
                ((wide, high),) = desk.pages(paper)
                assert wide == width
                assert high == height or (height is None and 120 < high < 260)
                assert len(desk.codes(paper)) == 1
            await _undo(seat)

    desk.play(journey())


def test_a_paper_is_printed_again_by_one_key_and_a_lost_session_prints_nothing(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await _register(seat)
            await seat.hand.press("F9")
            first, again = await seat.papers(2)
            assert first == again
            await _undo(seat)
            await _register(seat)
            await seat.papers(3)
            kept = await seat.page.context.cookies()
            await seat.page.context.clear_cookies()
            await seat.hand.press("F9")
            note = await seat.sees(NOT_PRINTED)
            assert "F9" in await note.inner_text()
            await seat.papers(3)
            await seat.page.context.add_cookies(kept)
            # The page of signing in was refused in the frame, as it must be.
            assert all("frame-ancestors" in t for t in seat.troubles)
            seat.troubles.clear()
            await _undo(seat)

    desk.play(journey())


@pytest.fixture
def screen():
    """A screen that nobody sees: only a browser with one has a printer."""
    program = shutil.which("Xvfb")
    if not program:
        pytest.skip("no Xvfb")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", "1400x900x24",
         "-nolisten", "tcp"], pass_fds=[writer], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait(10)


def _printer_that_saves(profile: Path, papers: Path) -> None:
    """Make "save as PDF" the printer that this browser uses without a question."""
    state = {
        "version": 2,
        "recentDestinations": [{"id": "Save as PDF", "origin": "local", "account": ""}],
        "selectedDestinationId": "Save as PDF",
        "isHeaderFooterEnabled": False,
    }
    told = {
        "printing": {"print_preview_sticky_settings": {"appState": json.dumps(state)}},
        "savefile": {"default_directory": str(papers)},
    }
    (profile / "Default").mkdir(parents=True)
    (profile / "Default" / "Preferences").write_text(json.dumps(told))


@asynccontextmanager
async def _kiosk(profile: Path, screen: str) -> AsyncIterator[Any]:
    async with playwright.async_playwright() as program:
        place = await program.chromium.launch_persistent_context(
            str(profile),
            executable_path=desk.CHROMIUM,
            args=[*desk.FLAGS, KIOSK],
            headless=False,
            # The preview that makes the paper is a part of the browser itself.
            ignore_default_args=[
                "--disable-component-extensions-with-background-pages"
            ],
            env={**os.environ, "DISPLAY": screen},
            viewport={"width": 1366, "height": 768},
        )
        yield place
        await place.close()


def test_a_real_printer_gets_the_pass_without_a_question(prison, screen, tmp_path):
    papers = tmp_path / "papers"
    papers.mkdir()
    _printer_that_saves(tmp_path / "profile", papers)
    desk.play(_really(prison, screen, tmp_path / "profile", papers))


async def _really(prison: str, screen: str, profile: Path, papers: Path) -> None:
    async with _kiosk(profile, screen) as place:
        await place.add_init_script(desk.PATIENCE)
        page = place.pages[0]
        crashed: list[Any] = []
        page.on("crash", lambda _page: crashed.append("crashed"))
        cdp = await place.new_cdp_session(page)
        seat = desk.Seat(page, cdp, desk.typing.Hand(page), prison)
        await desk.sign_in(seat, "officer", deskhouse.PASSWORD)
        await desk.at_desk(seat)
        await _register(seat)
        for _try in range(150):
            if found := [p for p in papers.iterdir() if p.suffix == ".pdf"]:
                break
            await page.wait_for_timeout(200)
        assert found, "nothing came out of the printer"
        assert crashed == []
        data = found[0].read_bytes()
        assert len(desk.codes(data)) == 1
        # The desk listens on: the hand need not go to the mouse.
        await page.bring_to_front()
        await _undo(seat)
