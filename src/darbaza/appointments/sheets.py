"""What stands on the list of texts that are read out by telephone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from darbaza.accounts.types import Actor
from darbaza.appointments.models import Message
from darbaza.pages import dates
from darbaza.sites import selectors as sites


def calls(
    rows: Iterable[Message], *, by: Actor, at: datetime, language: str
) -> dict[str, Any]:
    """Return the values of ``paper/calls.typ``."""
    house = sites.institutions(by=by).filter(pk=by.institution_id).first()
    return {
        "language": language,
        "institution": house.name if house else "",
        "printed": dates.moment(at),
        "title": _("Texts to read out by telephone"),
        "heads": [pgettext("message", "To"), _("Text"), _("Read out at, by")],
        "rows": [[row.address or "—", row.text] for row in rows],
        "nobody": _("Nothing is to be read out."),
        "foot": _("Read the text as it stands, to nobody but this family."),
    }
