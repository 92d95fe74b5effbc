"""One paper to one printer, whichever it is."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from darbaza.sites.printing import channels, cups, escpos, raster, zpl
from darbaza.sites.printing.faults import NotPrintedError
from darbaza.sites.types import Fault, Target

TURN = 3.0
"""Seconds to wait while another desk prints at the same printer."""
# A printer takes one paper at a time; there is one server process (operations.md).
_turns: defaultdict[tuple[str, int], Lock] = defaultdict(Lock)


def send(target: Target, pdf: bytes, *, title: str) -> Fault | None:
    """Print a PDF; return None once the printer has taken it, else why it has not.

    Args:
        target: The printer.
        pdf: The paper, as it was rendered.
        title: A name for lists of jobs; nothing about a person.
    """
    try:
        if target.kind == "cups":
            cups.send(target, pdf, title)
        else:
            data = _encoded(target, pdf)
            with _turn(target), channels.opened(target) as way:
                _print(target, way, data)
    except NotPrintedError as error:
        return error.fault
    return None


def ask(target: Target) -> Fault | None:
    """Ask a printer how it is; None means that it would print."""
    try:
        if target.kind == "cups":
            return cups.fault(target)
        with _turn(target), channels.opened(target) as way:
            return _asked(target, way).fault
    except NotPrintedError as error:
        return error.fault


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a printer said of itself, if it says anything."""

    fault: Fault | None = None
    heard: bool = False


def _encoded(target: Target, pdf: bytes) -> bytes:
    images = raster.pages(pdf, dots=target.dots, dpi=target.dpi)
    return zpl.encode(images) if target.kind == "zpl" else escpos.encode(images)


def _print(target: Target, way: channels.Channel, data: bytes) -> None:
    before = _asked(target, way)
    if before.fault:
        raise NotPrintedError(before.fault)
    way.write(data)
    if before.heard and _afterwards(target, way) is Fault.PAPER_OUT:
        raise NotPrintedError(Fault.PAPER_ENDED)
    way.finish()


def _afterwards(target: Target, way: channels.Channel) -> Fault | None:
    try:
        return _asked(target, way).fault
    except NotPrintedError as gone:
        raise NotPrintedError(Fault.BROKEN_OFF) from gone


def _asked(target: Target, way: channels.Channel) -> _Answer:
    if target.kind == "zpl":
        said = way.ask(zpl.ASK, zpl.ANSWER_BYTES)
        return _Answer(zpl.fault(said), heard=bool(said))
    paper = way.ask(escpos.ASK_PAPER)
    if not paper:  # one that does not answer once is not asked twice
        return _Answer()
    state, cause = way.ask(escpos.ASK_STATE), way.ask(escpos.ASK_CAUSE)
    return _Answer(escpos.fault(state, cause, paper), heard=True)


@contextmanager
def _turn(target: Target) -> Iterator[None]:
    lock = _turns[target.address, target.port]
    if not lock.acquire(timeout=TURN):
        raise NotPrintedError(Fault.BUSY)
    try:
        yield
    finally:
        lock.release()
