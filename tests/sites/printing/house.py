"""Printers and papers of one prison, for the tests of services and pages."""

from typing import Any
from uuid import uuid4

from darbaza.sites import services
from darbaza.sites.models import Printer, PrintJob
from darbaza.sites.types import Names, Paper, PrinterDraft
from tests import cast
from tests.sites.printing.test_papers import sheet

MANAGER = {"by": cast.ADMINISTRATOR, "at": cast.NINE}
OFFICER = {"by": cast.GATE_OFFICER, "at": cast.NINE}
NAMES = Names("Өткөрмө принтери", "Принтер пропусков", "Pass printer")
PDF = sheet()


def draft(**changes: Any) -> PrinterDraft:
    """Return a receipt printer that nobody answers at (port 9 of this computer)."""
    values: dict[str, Any] = {
        "names": NAMES, "kind": "escpos", "address": "127.0.0.1", "port": 9,
        "papers": frozenset({Paper.PASS}),
    }  # fmt: skip
    return PrinterDraft(**values | changes)


def printer(name: str = "", **changes: Any) -> Printer:
    """Add a printer."""
    if name:
        changes["names"] = Names(name, name, name)
    return services.add_printer(draft(**changes), **MANAGER)


def send(**changes: Any) -> PrintJob | None:
    """Send a pass as the gate does."""
    values: dict[str, Any] = {
        "paper": Paper.PASS, "title": f"{uuid4()}", "request_id": uuid4(),
    }  # fmt: skip
    return services.send_to_printer(PDF, **values | OFFICER | changes)
