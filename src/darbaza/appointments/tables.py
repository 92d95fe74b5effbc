"""The outbox as a table, and the day as its file has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.appointments.models import Appointment, Message
from darbaza.appointments.types import Offer
from darbaza.pages import dates
from darbaza.pages.tables import Column, Table


def _length(row: Message) -> str:
    return f"{row.length.signs} / {row.length.parts}"


MESSAGES: Table[Any] = Table(
    columns=(
        Column("due_at", _("Goes at"), value=lambda r: r.due_at, order="due_at"),
        Column("kind", _("Kind"), value=lambda r: r.get_kind_display(), order="kind"),
        Column(
            "address", pgettext_lazy("message", "To"), value=lambda r: r.address or "—"
        ),
        Column("text", _("Text"), value=lambda r: r.text),
        Column("length", _("Signs / parts"), value=_length, numeric=True),
        Column(
            "state", _("State"), value=lambda r: r.get_state_display(), order="state"
        ),
        Column("tries", _("Attempts"), value=lambda r: r.tries, numeric=True),
        Column("error", _("What the gateway said"), value=lambda r: r.error),
    ),
    order="-due_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An arrival time with one family that comes; None: nobody does."""

    at: datetime
    visits: Sequence[Offer]
    packages: Offer | None
    row: Appointment | None


def _of(value: Callable[[Appointment], Any]) -> Callable[[Line], Any]:
    """Return the value of who comes; nothing where nobody does."""
    return lambda line: None if line.row is None else value(line.row)


def _share(offer: Offer) -> str:
    """Say it in words: a spreadsheet would take 1/3 for a day in March."""
    figures = {"taken": offer.taken, "places": offer.places}
    return say("%(taken)s of %(places)s") % figures


def _sessions(line: Line) -> str:
    return "; ".join(
        f"{offer.room} {dates.clock(offer.visit_at)}: {_share(offer)}"
        for offer in line.visits
        if offer.visit_at
    )


DAY: Table[Line] = Table(
    columns=(
        Column("at", _("Comes at"), lambda r: r.at),
        Column("visits", _("Visits: taken of places"), _sessions),
        Column("packages", _("Packages: taken of places"),
               lambda r: r.packages and _share(r.packages)),
        Column("reference", pgettext_lazy("appointment", "Reference"), _of(lambda a: a.reference)),
        Column("person", _("Who comes"), _of(lambda a: a.person.name)),
        Column("prisoner", _("Prisoner"), _of(lambda a: a.prisoner.person.name)),
        Column("kind", _("What for"), _of(lambda a: a.get_kind_display())),
        Column("visit_at", _("Visit at"), _of(lambda a: a.visit_at)),
        Column("adults", _("Further adults"), _of(lambda a: a.adults)),
        Column("children", _("Children"), _of(lambda a: a.children)),
        Column("list", _("List sent ahead"), _of(lambda a: bool(a.list_code))),
        Column("status", _("State"), _of(lambda a: a.get_status_display())),
    ),
)  # fmt: skip
