"""One demonstration and one prison for every journey."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import desk, deskhouse, houses


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
    if not Path(desk.CHROMIUM).exists():
        pytest.skip("no Chromium")
    with deskhouse.served(houses.home(tmp_path_factory, "prison")) as url:
        yield url
