"""One paper to one printer, whichever it is."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
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
            return _asked(target, way)
    except NotPrintedError as error:
        return error.fault


def _encoded(target: Target, pdf: bytes) -> bytes:
    images = raster.pages(pdf, dots=target.dots, dpi=target.dpi)
    return zpl.encode(images) if target.kind == "zpl" else escpos.encode(images)


def _print(target: Target, way: channels.Channel, data: bytes) -> None:
    if fault := _asked(target, way):
        raise NotPrintedError(fault)
    way.write(data)
    if _asked(target, way) is Fault.PAPER_OUT:
        raise NotPrintedError(Fault.PAPER_ENDED)
    way.finish()


def _asked(target: Target, way: channels.Channel) -> Fault | None:
    if target.kind == "zpl":
        return zpl.fault(way.ask(zpl.ASK))
    paper = way.ask(escpos.ASK_PAPER)
    if not paper:  # one that does not answer once is not asked twice
        return None
    return escpos.fault(way.ask(escpos.ASK_STATE), way.ask(escpos.ASK_CAUSE), paper)


@contextmanager
def _turn(target: Target) -> Iterator[None]:
    lock = _turns[target.address, target.port]
    if not lock.acquire(timeout=TURN):
        raise NotPrintedError(Fault.BUSY)
    try:
        yield
    finally:
        lock.release()
