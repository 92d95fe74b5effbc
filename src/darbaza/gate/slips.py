"""What stands on the slip with a number, in the family's language."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from darbaza.gate import sheets
from darbaza.gate.models import Ticket
from darbaza.pages import dates, papers


def slip(row: Ticket, address: str) -> dict[str, Any]:
    """Return a slip as data of its sheet; ``address`` shows how the number stands."""
    language = sheets.language_of(row.language)
    with translation.override(language):
        return {
            "language": language,
            "size": "80mm",
            "institution": str(row.institution.name),
            "printed": dates.moment(timezone.localtime(row.taken_at)),
            "title": _("Your number"),
            "number": row.label,
            "lane": row.lane.name,
            "wait": wait(row),
            "before": before(row),
            "notes": [
                _("Stay where you see the screen: it shows the number and the window."),
                _("Called and not there? Tell the officer: you keep your place."),
            ],
            "qr": papers.qr(address),
            "code": row.code,
        }


def wait(row: Ticket) -> str:
    """Say the wait as it was told, as an interval; an appointment names its time."""
    if row.due_at is not None:
        return _("Your appointment is at %(time)s.") % {
            "time": f"{timezone.localtime(row.due_at):%H:%M}"
        }
    figures = {"low": row.low_minutes, "high": row.high_minutes}
    return _("You will probably wait %(low)s to %(high)s minutes.") % figures


def before(row: Ticket) -> str:
    """Say how many were before this number when it was taken."""
    words = ngettext(
        "%(count)s number is before you.",
        "%(count)s numbers are before you.",
        row.ahead,
    )
    return words % {"count": row.ahead}
