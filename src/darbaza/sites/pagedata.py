"""What the shared components want to know, made of our rows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from darbaza.audit import texts as audit
from darbaza.pages import dates
from darbaza.sites import forms, texts
from darbaza.sites.models import OF_PAPER, Institution, Printer, PrintJob
from darbaza.sites.types import Place

if TYPE_CHECKING:
    from darbaza.audit.models import Event

LISTED = (Place.BLOCK, Place.CELL, Place.ROOM, Place.POST)


def entries(events: Iterable["Event"]) -> list[dict[str, Any]]:
    """Return the lines of ``pages/_history.html``, with old and new values."""
    return [
        {
            "what": audit.text(event.type),
            "at": event.at,
            "who": event.actor_name,
            "detail": texts.changes(event.facts),
        }
        for event in events
    ]


def tabs(institution: Institution, active: str) -> list[dict[str, Any]]:
    """Return the ways between the pages of one institution."""
    own = {
        "label": _("Institution"),
        "url": reverse("sites:institution_of", args=[institution.pk]),
        "active": active == "institution",
    }
    query = f"?institution={institution.pk}"
    return [own] + [
        {
            "label": texts.PLACES[kind][0],
            "url": reverse("sites:places", args=[kind.value]) + query,
            "active": active == kind,
        }
        for kind in LISTED
    ]


def choices(row: Institution) -> list[dict[str, Any]]:
    """Return the rows of ``pages/_summary.html`` about an institution."""
    languages = dict(forms.LANGUAGES)
    values = [
        (_("Number"), row.code),
        (_("Kind"), row.get_kind_display()),
        (_("Name in Kyrgyz"), row.name_ky),
        (_("Name in Russian"), row.name_ru),
        (_("Name in English"), row.name_en),
        (_("Address"), row.address),
        (_("Telephone"), row.phone),
        (_("Complaints go to"), row.complaints_to),
        (_("Where money for prisoners is paid"), row.money_paid_to),
        (_("Language of official papers"), languages[row.paper_language]),
        (_("Visitors inside at once, at most"), row.entrance_capacity),
        (_("Minutes until a shared computer locks"), row.shared_minutes),
    ]
    return [{"key": key, "value": value} for key, value in values]


def printer_tabs(active: str) -> list[dict[str, Any]]:
    """Return the ways between printers and what waits for them."""
    pages = (
        ("printers", _("Printers"), reverse("sites:printers")),
        ("jobs", _("Papers for the printers"), reverse("sites:print_jobs")),
    )
    return [
        {"label": label, "url": url, "active": name == active}
        for name, label, url in pages
    ]


def printer_rows(row: Printer) -> list[dict[str, Any]]:
    """Return the rows of ``pages/_summary.html`` about a printer."""
    by_network = row.connection == Printer.Connection.NETWORK
    address = f"{row.address}:{row.port}" if by_network else row.address
    kinds = dict(PrintJob.Paper.choices)
    taken = [str(kinds[paper.value]) for paper in OF_PAPER if row.takes(paper)]
    values = [
        (_("Kind"), row.get_kind_display()),
        (_("Address"), f"{address} ({row.get_connection_display()})"),
        (_("Paper in it"), row.get_sheet_display()),
        (_("Stands at"), row.post.name if row.post else _("at no post")),
        (_("Prints by itself"), ", ".join(taken) or _("nothing")),
    ]
    return [{"key": key, "value": value} for key, value in values]


def job_rows(row: PrintJob) -> list[dict[str, Any]]:
    """Return the rows of ``pages/_summary.html`` about a paper."""
    values = [
        (_("What it is"), row.get_paper_display()),
        (_("Printer"), row.printer.name),
        (_("State"), row.get_status_display()),
        (_("Asked for"), f"{dates.moment(row.made_at)} · {row.made_by}"),
        (_("Attempts"), row.attempts),
        (_("Last attempt"), dates.moment(row.tried_at) if row.tried_at else ""),
        (_("Settled"), dates.moment(row.ended_at) if row.ended_at else ""),
    ]
    return [{"key": key, "value": value} for key, value in values]
