"""What stands on the test page of a printer."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from darbaza.pages import dates, papers
from darbaza.sites.models import Institution, Printer

LETTERS = "Ң Ө Ү ң ө ү · Щ Ы Ё · A Z 0 9"


def test_page(printer: Printer, house: Institution, at: datetime) -> bytes:
    """Return the test page of a printer as PDF: letters, a code, a ruler."""
    data: dict[str, Any] = {
        "language": get_language() or "ky",
        "size": printer.size,
        "institution": house.name,
        "title": _("Test page"),
        "printer": printer.name,
        "printed": dates.moment(at),
        "letters": LETTERS,
        "qr": papers.qr(f"DZTEST:{printer.pk}"),
        "ruler": _("Seven centimetres: lay a ruler beside it."),
        "foot": _("All letters whole, the code readable, nothing cut off at the edge?"),
    }
    return papers.pdf("sites", "test", data)
