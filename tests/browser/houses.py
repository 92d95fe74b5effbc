"""Homes of whole houses: each kind is made once a run, and copied for every server.

Making one takes longer than most journeys through it; with several test workers the
first that needs a kind makes it, the others wait and copy.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser import deskhouse


def home(factory: pytest.TempPathFactory, kind: str) -> Path:
    """Return a fresh copy of a home: "migrated", "prison" or "demonstration"."""
    made = factory.mktemp(kind)
    shutil.copytree(_made_once(_shared(factory), kind), made, dirs_exist_ok=True)
    return made


def _shared(factory: pytest.TempPathFactory) -> Path:
    if kept := os.environ.get("DARBAZA_HOUSES"):  # for the next run
        return Path(kept)
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _made_once(base: Path, kind: str) -> Path:
    done, begun = base / f"house-{kind}", base / f"half-{kind}"
    with _alone(base / f"house-{kind}.lock"):
        if not done.exists():
            begun.mkdir()
            if kind != "migrated":
                ready = _made_once(base, "migrated")
                shutil.copytree(ready, begun, dirs_exist_ok=True)
            KINDS[kind](begun)
            begun.rename(done)
    return done


def _migrated(path: Path) -> None:
    deskhouse.run(path, "migrate", "-v0")


def _prison(path: Path) -> None:
    deskhouse.run(path, "load-reference")
    deskhouse.run_module(path, "tests.browser.deskhouse")


def _demonstration(path: Path) -> None:
    deskhouse.run(path, "demo", "--small")


KINDS: dict[str, Callable[[Path], None]] = {
    "migrated": _migrated,
    "prison": _prison,
    "demonstration": _demonstration,
}
