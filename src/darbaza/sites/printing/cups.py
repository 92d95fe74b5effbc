"""Queues of CUPS, through its own programs: they are there wherever a queue is."""

import os
import subprocess

from darbaza.sites.printing.faults import NotPrintedError
from darbaza.sites.types import Fault, Target

WAIT = 5.0
"""Seconds until a program of CUPS is ended: its answers come from this computer."""
MEDIA = {"a4": "A4", "a5": "A5"}
# Whatever the language of the server: these words are read below.
_PLAIN = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C", "SOFTWARE": ""}
_SAID = (
    ("unknown destination", Fault.NO_QUEUE),
    ("invalid destination", Fault.NO_QUEUE),
    ("does not exist", Fault.NO_QUEUE),
    ("not accepting", Fault.QUEUE_STOPPED),
    (" disabled since ", Fault.QUEUE_STOPPED),
    ("media-empty", Fault.PAPER_OUT),
    ("cover-open", Fault.COVER_OPEN),
    ("offline", Fault.UNREACHABLE),
    ("connecting-to-device", Fault.UNREACHABLE),
    ("not-authorized", Fault.NOT_ALLOWED),
    ("forbidden", Fault.NOT_ALLOWED),
)


def send(target: Target, pdf: bytes, title: str) -> None:
    """Give a PDF to a queue that prints.

    A queue that is stopped would take it all the same and keep it out of our sight.

    Raises:
        NotPrintedError: The queue is not there, is stopped, or takes nothing.
    """
    if stopped := fault(target):
        raise NotPrintedError(stopped)
    options = ["-o", "fit-to-page"]
    if target.sheet in MEDIA:
        options += ["-o", f"media={MEDIA[target.sheet]}"]
    _run(["lp", "-s", "-d", target.address, "-t", title, *options], pdf)


def fault(target: Target) -> Fault | None:
    """Return what is wrong with a queue; None where it prints.

    Raises:
        NotPrintedError: There is no such queue, or no CUPS.
    """
    long = _run(["lpstat", "-l", "-p", target.address]).splitlines()
    # Not what somebody wrote as description or place of the printer.
    told = [line for line in long if line[:8] == "printer " or "Alerts:" in line]
    return _meant("\n".join([*told, _run(["lpstat", "-a", target.address])]))


def _run(command: list[str], given: bytes = b"") -> str:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, env=_PLAIN, timeout=WAIT,
            check=False,
        )  # fmt: skip
    except OSError as error:  # no such program here
        raise NotPrintedError(Fault.NO_CUPS) from error
    except subprocess.TimeoutExpired as error:
        raise NotPrintedError(Fault.SILENT) from error
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode != 0:
        raise NotPrintedError(_meant(said) or Fault.NO_CUPS)
    return said


def _meant(said: str) -> Fault | None:
    low = said.lower()
    return next((fault for words, fault in _SAID if words in low), None)
