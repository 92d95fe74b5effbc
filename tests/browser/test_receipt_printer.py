"""A window with a receipt printer: one key registers, and the paper comes out."""

from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.async_api")

import zxingcpp

from tests.browser import desk, deskhouse, houses
from tests.browser.test_printing import _register, _undo
from tests.sites.printing import standin

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PRINTER = """
from darbaza.sites.models import Institution, Printer
names = {{f"name_{{c}}": "Gate printer" for c in ("ky", "ru", "en")}}
Printer.objects.create(
    institution=Institution.objects.get(), kind="escpos", connection="network",
    address="127.0.0.1", port={port}, passes=True, **names,
)
"""
NARROW = {"width": 360, "height": 740}
FITS = "document.scrollingElement.scrollWidth <= window.innerWidth"


@pytest.fixture
def real() -> Iterator[standin.StandIn]:
    with standin.StandIn(standin.READY) as printer:
        yield printer


@pytest.fixture
def window(tmp_path_factory, real) -> Iterator[str]:
    home = houses.home(tmp_path_factory, "prison")
    deskhouse.run(home, "shell", "-c", PRINTER.format(port=real.port))
    with deskhouse.served(home) as url:
        yield url


def test_the_pass_comes_out_by_itself_and_a_dead_printer_is_told(window, real):
    async def journey() -> None:
        async with desk.signed_in(window) as seat:
            await _register(seat)
            await seat.sees("#desk-sent .note--success")
            (paper,) = real.papers
            (drawn,) = standin.rasters(paper)
            assert len(zxingcpp.read_barcodes(drawn.convert("L"))) == 1
            await _undo(seat)

            real.answers = standin.NO_PAPER
            await _register(seat)
            await seat.sees("#desk-sent .note--error")
            await seat.sees("#messages .note--error, .note--error")
            await seat.shows("printer-out-of-paper")
            assert len(real.papers) == 1

            real.answers = standin.READY
            await seat.hand.press("F9")
            await seat.sees("#desk-sent .note--success")
            # The new copy alone: it took the place of what had waited.
            assert len(real.papers) == 2
            assert await seat.page.evaluate("window.papers ?? []") == []
            await _undo(seat)

    desk.play(journey())


def test_the_pages_of_printers_fit_a_telephone(window, real):
    real.answers = standin.NO_PAPER

    async def journey() -> None:
        async with desk.signed_in(window) as seat:
            await _register(seat)
            await seat.sees("#desk-sent .note--error")
            await _undo(seat)
            await seat.page.set_viewport_size(NARROW)
            for name, address in (
                ("printers", "/sites/printers/"),
                ("prints", "/sites/printers/papers/"),
            ):
                await seat.page.goto(f"{window}{address}")
                assert await seat.page.evaluate(FITS)
                await seat.shows(name)
                link = await seat.sees("td a.govuk-link")
                await link.click()
                await seat.sees("h1")
                assert await seat.page.evaluate(FITS), name
                await seat.shows(f"{name}-one")

    desk.play(journey())
