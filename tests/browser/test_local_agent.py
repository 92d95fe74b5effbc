"""The whole way of a local agent: device, agent, server, the page in the browser."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("playwright.async_api")

from darbaza.agent.simulator import Terminal
from tests.browser import desk, deskhouse

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILE = """
server = "{url}"
token = "{token}"
[[devices]]
name = "passport reader"
driver = "serial-reader"
port = "{folder}/reader"
[[devices]]
name = "scale"
driver = "serial-scale"
port = "{folder}/scale"
"""


@contextmanager
def running(url: str, folder: Path) -> Iterator[tuple[Terminal, Terminal]]:
    """Run the agent of window 2 with a reader and a scale; its words go to a file."""
    made = Terminal(folder / "reader"), Terminal(folder / "scale")
    words = FILE.format(url=url, token=deskhouse.AGENT_TOKEN, folder=folder)
    (folder / "agent.toml").write_text(words)
    with (folder / "said").open("w") as said:
        agent = subprocess.Popen(
            [*deskhouse.COMMAND, "agent", "run", str(folder / "agent.toml")],
            env=deskhouse.environment(folder), cwd=deskhouse.ROOT,
            stdout=said, stderr=said,
        )  # fmt: skip
        try:
            _ready(folder / "said")  # opening a line forgets what came before
            yield made
        finally:
            agent.terminate()
            assert agent.wait(20) == 0, (folder / "said").read_text()[-2000:]
            for terminal in made:
                terminal.pull_out()


def _ready(said: Path) -> None:
    """Wait until the agent has opened both lines."""
    for _try in range(600):
        words = said.read_text()
        if "passport reader: ready" in words and "scale: ready" in words:
            return
        time.sleep(0.1)
    pytest.fail(f"the agent does not start: {said.read_text()[-2000:]}")


async def _at_window(seat: desk.Seat) -> None:
    """Say that this computer stands at window 2."""
    await seat.page.click(".dk-window summary")
    await seat.page.select_option("#w-post", index=1)
    await seat.page.click(".dk-window button")
    await desk.at_desk(seat)
    await seat.sees("[data-arrivals]", state="attached")


async def _running(seat: desk.Seat) -> None:
    """Wait until the server has heard of the agent."""
    await seat.until(
        """fetch("/gate/arrivals/", {method: "POST",
            headers: JSON.parse(document.body.getAttribute("hx-headers"))})
            .then((r) => r.json()).then((told) => told.running)"""
    )


def test_a_scan_by_the_agent_fills_the_form_and_a_weight_the_box(prison, tmp_path):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await seat.step("who")
            await _at_window(seat)
            with running(prison, tmp_path) as (reader, scale):
                await _running(seat)
                reader.play("scan", desk.ZONES["asanova-passport"].replace("\n", "\r"))
                await seat.step("whom")
                guests = await seat.page.query_selector_all(".dk-guest")
                assert len(guests) == 1
                assert "ZZ0000017" in await guests[0].inner_text()
                reader.play("cut", desk.ZONES["asanova-passport"].replace("\n", "\r"))
                await seat.until(
                    "document.getElementById('scan-live').textContent ==="
                    " document.getElementById('scan-live').dataset.broken"
                )
                await seat.hand.press("F4")
                await seat.sees("#g-weight")
                scale.play("weigh")
                await seat.until("document.getElementById('g-weight').value === '1250'")
                scale.play("overload")
                await seat.sees("[data-scale-says][data-state=over]")
                await seat.hand.press("Alt+x")
                await seat.step("who")

    desk.play(journey())


def test_a_live_test_shows_bytes_fields_and_what_is_wrong(prison, tmp_path):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await _at_window(seat)
            await seat.page.goto(f"{prison}/gate/readers/")
            await seat.until("window.htmx !== undefined")
            with running(prison, tmp_path) as (reader, scale):
                await seat.hand.press("F2")
                await seat.sees("[data-try-now][aria-pressed=true]")
                await _running(seat)
                reader.play("damaged")
                await seat.sees(".rd-trial .dk-finding")
                assert "P<UTOERIKSSON" in await seat.page.inner_text(".rd-bytes")
                assert "␂" in await seat.page.inner_text(".rd-bytes")
                reader.play("cut")
                await seat.until("document.querySelectorAll('.rd-trial').length === 2")
                scale.play("weigh")
                await seat.until(
                    "document.querySelector('[data-try-weight]')"
                    ".textContent.startsWith('1250 g')"
                )
                await seat.shows("readers-tried")
                await seat.page.reload()
                assert "passport reader" in await seat.page.inner_text("main")
                await seat.shows("readers")

    desk.play(journey())


def test_a_reader_that_types_is_tried_with_its_layout(prison):
    async def journey() -> None:
        async with desk.signed_in(prison) as seat:
            await seat.page.goto(f"{prison}/gate/readers/")
            await seat.until("window.htmx !== undefined")
            await seat.page.click("[data-try-now]")
            for layout, findings in (("us", 0), ("russian", 1)):
                await seat.scan(
                    desk.ZONES["asanova-passport"], ".rd-field--checked", layout
                )
                shown = await seat.page.inner_text(".rd-trial")
                assert "ZZ0000017" in shown
                found = await seat.page.query_selector_all(
                    ".rd-trial:first-child .dk-finding"
                )
                assert len(found) == findings, shown
                await seat.page.evaluate(
                    "document.getElementById('rd-shown').replaceChildren()"
                )

    desk.play(journey())
