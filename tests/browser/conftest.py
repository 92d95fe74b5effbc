"""One demonstration and one browser for every test of pages."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import deskhouse, houses

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build and serve the small demonstration; DARBAZA_AT names one served already."""
    if already := os.environ.get("DARBAZA_AT"):
        yield already
        return
    with deskhouse.served(houses.home(tmp_path_factory, "demonstration")) as url:
        yield url


@pytest.fixture(scope="module")
def prison(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a prison with an officer, a supervisor, three prisoners, a few visitors."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with deskhouse.served(houses.home(tmp_path_factory, "prison")) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser for the whole session."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with playwright.sync_playwright() as program:
        browser = program.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
