"""What stands on the slip with a number, in the family's language."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from darbaza.gate import queueing, sheets
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
    """Say the wait as it was told, as an interval; an appointment names its time.

    Whoever comes long before it hears from when they are called, and whoever comes too
    late for it that they wait with all others.
    """
    figures = {"low": row.low_minutes, "high": row.high_minutes}
    likely = _("You will probably wait %(low)s to %(high)s minutes.") % figures
    if row.due_at is None:
        return likely
    told = [_("Your appointment is at %(time)s.") % {"time": _clock(row.due_at)}]
    if row.taken_at < row.due_at - queueing.EARLY:
        early = _("You are called from %(time)s, earlier if nobody else waits.")
        told.append(early % {"time": _clock(row.due_at - queueing.EARLY)})
    elif row.taken_at > row.due_at + queueing.LATE:
        told += [_("Its time is over: you wait with all others."), likely]
    return " ".join(told)


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def before(row: Ticket) -> str:
    """Say how many were before this number when it was taken."""
    words = ngettext(
        "%(count)s number is before you.",
        "%(count)s numbers are before you.",
        row.ahead,
    )
    return words % {"count": row.ahead}
