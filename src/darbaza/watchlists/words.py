"""Words about rows: how a list is called, a sex, a document."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from darbaza.pages import dates
from darbaza.pages.grounds import Words
from darbaza.persons.models import Sex
from darbaza.watchlists.models import WatchList
from darbaza.watchlists.types import Paper

BANS: Mapping[str, Words] = {
    "name": _("Bans of every prison"),
    "source": _("Restrictions of the register, brought up to date by themselves"),
    "owner": _("Prison service"),
    "purpose": _("Somebody who is banned is found with another document too"),
}


def sex(code: str) -> str:
    """Return a sex in words, "" where it is not known."""
    return str(Sex(code).label) if code in {"F", "M"} else ""


def erased(at: datetime) -> str:
    """Say when a list was erased."""
    return str(_("erased %(on)s") % {"on": dates.short(at)})


def name_of(row: WatchList) -> str:
    """Return the name of a list; the list of bans is called in every language."""
    return _of(row, "name")


def source_of(row: WatchList) -> str:
    """Return where a list comes from."""
    return _of(row, "source")


def owner_of(row: WatchList) -> str:
    """Return who answers for a list."""
    return _of(row, "owner")


def purpose_of(row: WatchList) -> str:
    """Return what a list is for."""
    return _of(row, "purpose")


def _of(row: WatchList, name: str) -> str:
    if row.kind == WatchList.Kind.BANS:
        return str(BANS[name])
    return str(getattr(row, name))


def paper(row: WatchList, one: Paper) -> str:
    """Return a document as a list names it; bans name it by our own codes."""
    kind = "" if row.kind == WatchList.Kind.BANS else one.kind
    return " ".join(filter(None, (kind, one.number, one.issuer)))
