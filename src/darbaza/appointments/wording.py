"""What families read in a message: institution, day, time, reference, what to bring.

Never the prisoner, and never why: the words depend on the kind of message alone, so
that nobody can tell a ban from a closure by them.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from darbaza.appointments.sending.length import PARTS_AT_MOST, length

__all__ = ["LANGUAGES", "PARTS_AT_MOST", "Facts", "length", "text"]

LANGUAGES = ("ky", "ru", "en")
NAME_AT_MOST = 24
"""A longer name of an institution would cost a part of its own: its number stands."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a message may say."""

    kind: str
    """``visit`` or ``parcel``."""
    place: str
    number: str
    phone: str
    arrives_at: datetime
    reference: str
    until: datetime | None = None
    """Until when an offer is kept."""


def text(kind: str, facts: Facts, language: str) -> str:
    """Return a message in the family's language.

    Args:
        kind: booked, moved, cancelled, reminder, offer or call_us.
        facts: What it is about.
        language: ky, ru or en; another is Kyrgyz.
    """
    with translation.override(language if language in LANGUAGES else "ky"):
        sentence = _sentence(kind, visit=facts.kind == "visit")
        return sentence % _values(facts)


def _sentence(kind: str, *, visit: bool) -> str:
    """Return the sentence of a kind; visits and packages have each their own."""
    of_visit, of_parcel = {
        "booked": (
            _("%(place)s: your visit is booked. Come on %(day)s at %(time)s. "
              "Number %(reference)s. Bring your identity document."),
            _("%(place)s: bring your package on %(day)s at %(time)s. "
              "Number %(reference)s. Bring your identity document and your list."),
        ),
        "reminder": (
            _("%(place)s: your visit is on %(day)s, come at %(time)s. "
              "Number %(reference)s. Bring your identity document."),
            _("%(place)s: your package is expected on %(day)s at %(time)s. "
              "Number %(reference)s. Bring your identity document and your list."),
        ),
        "moved": (
            _("%(place)s: your visit has a new time. Come on %(day)s at %(time)s. "
              "Number %(reference)s. Bring your identity document."),
            _("%(place)s: new time for your package: %(day)s at %(time)s. "
              "Number %(reference)s. Bring your identity document and your list."),
        ),
        "cancelled": (
            _("%(place)s: your visit on %(day)s at %(time)s is cancelled. "
              "Number %(reference)s."),
            _("%(place)s: your time for a package on %(day)s at %(time)s is "
              "cancelled. Number %(reference)s."),
        ),
        "call_us": (
            _("%(place)s: your visit on %(day)s cannot take place. "
              "Please call %(phone)s. Number %(reference)s."),
            _("%(place)s: your package cannot be taken on %(day)s. "
              "Please call %(phone)s. Number %(reference)s."),
        ),
        "offer": (
            _("%(place)s: a visit is possible on %(day)s at %(time)s. "
              "Confirm it with your code before %(until)s."),
            _("%(place)s: a package can be brought on %(day)s at %(time)s. "
              "Confirm it with your code before %(until)s."),
        ),
    }[kind]  # fmt: skip
    return of_visit if visit else of_parcel


def _values(facts: Facts) -> dict[str, str]:
    arrives = timezone.localtime(facts.arrives_at)
    until = timezone.localtime(facts.until) if facts.until else None
    number = _("No. %(number)s") % {"number": facts.number}
    return {
        "place": facts.place if len(facts.place) <= NAME_AT_MOST else number,
        "day": f"{arrives:%d.%m}",
        "time": f"{arrives:%H:%M}",
        "reference": facts.reference,
        "phone": facts.phone or _("the entrance"),
        "until": f"{until:%d.%m %H:%M}" if until else "",
    }
