"""Queues of CUPS: what its programs say, and one real queue that makes PDF files."""

import shutil
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
import zxingcpp

from darbaza.kernel import ids
from darbaza.sites import printing
from darbaza.sites.printing import cups
from darbaza.sites.types import Fault, Target
from tests.sites.printing.test_papers import sheet

QUEUE = "darbaza-test"
TARGET = Target("cups", "queue", QUEUE, sheet="a5")
READY = f"printer {QUEUE} is idle.  enabled since Monday\n{QUEUE} accepting requests\n"


def said(monkeypatch, text: str, code: int = 0) -> list[list[str]]:
    """Let the programs of CUPS answer so; return what they were called with."""
    called = []

    def answer(command, **_named):
        called.append(command)
        return SimpleNamespace(returncode=code, stdout=text.encode(), stderr=b"")

    monkeypatch.setattr(cups.subprocess, "run", answer)
    return called


@pytest.mark.parametrize(
    ("text", "code", "fault"),
    [
        (READY, 0, None),
        (f"printer {QUEUE} disabled since Monday -\n\tPaused", 0, Fault.QUEUE_STOPPED),
        (f"{QUEUE} not accepting requests since Monday", 0, Fault.QUEUE_STOPPED),
        (READY + "\tAlerts: media-empty-error", 0, Fault.PAPER_OUT),
        (READY + "\tAlerts: cover-open-error", 0, Fault.COVER_OPEN),
        (READY + "\tAlerts: offline-report", 0, Fault.UNREACHABLE),
        ('lpstat: Invalid destination name in list "x".', 1, Fault.NO_QUEUE),
        ("lp: Error - The printer or class does not exist.", 1, Fault.NO_QUEUE),
        ("lp: Error - scheduler not responding.", 1, Fault.NO_CUPS),
        ("lp: Forbidden", 1, Fault.NOT_ALLOWED),
    ],
)
def test_what_cups_says_is_understood(monkeypatch, text, code, fault):
    said(monkeypatch, text, code)
    assert printing.ask(TARGET) is fault
    assert printing.send(TARGET, b"%PDF", title="x") is fault


def test_a_paper_is_fitted_to_the_sheet_of_its_printer(monkeypatch):
    called = said(monkeypatch, READY)
    printing.send(TARGET, b"%PDF", title="-o sides=two")
    last = called[-1]
    assert last[:6] == ["lp", "-s", "-d", QUEUE, "-t", "-o sides=two"]
    assert last[6:] == ["-o", "fit-to-page", "-o", "media=A5"]


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (FileNotFoundError("lp"), Fault.NO_CUPS),
        (subprocess.TimeoutExpired("lp", 5), Fault.SILENT),
    ],
)
def test_no_cups_or_one_that_hangs_is_a_fault(monkeypatch, error, fault):
    def missing(*_args, **_named):
        raise error

    monkeypatch.setattr(cups.subprocess, "run", missing)
    assert printing.send(TARGET, b"%PDF", title="x") is fault


@pytest.fixture
def queue() -> None:
    """A real queue of CUPS, as ``.ci/run`` makes it."""
    if not shutil.which("lpstat"):
        pytest.skip("CUPS is not installed here: .ci/run installs it")
    if printing.ask(TARGET) is not None:
        pytest.skip(f"no queue of the name {QUEUE}: .ci/run makes it")


def made(reference: str) -> Path:
    """Wait for the file that the queue makes of a paper."""
    places = (Path.home() / "PDF", Path("/var/spool/cups-pdf/ANONYMOUS"))
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for place in places:
            for path in place.glob(f"*{reference}*"):
                if path.read_bytes().rstrip().endswith(b"%%EOF"):
                    return path
        time.sleep(0.2)
    raise AssertionError(f"{reference} did not come out of {QUEUE}")


@pytest.mark.slow
def test_a_real_queue_prints_a_paper_whose_code_reads_back(queue):
    reference = f"T{ids.new_id().hex[-8:]}"

    fault = printing.send(TARGET, sheet(size="a5"), title=reference)

    assert fault is None
    path = made(reference)
    with pypdfium2.PdfDocument(path) as document:
        (page,) = list(document)
        wide, high = page.get_size()
        drawn = page.render(scale=3).to_pil()
    path.unlink()
    assert (round(wide), round(high)) == pytest.approx((420, 595), abs=2)
    assert [c.text for c in zxingcpp.read_barcodes(drawn)] == ["DZTEST:1"]


@pytest.mark.slow
def test_a_real_cups_knows_which_queues_it_has(queue):
    wrong = Target("cups", "queue", "no-such-queue")
    assert printing.ask(wrong) is Fault.NO_QUEUE
    assert printing.send(wrong, sheet(), title="x") is Fault.NO_QUEUE
