"""The outbox and the waiting list as tables, and the day as its file has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from darbaza.appointments.models import Appointment, Message
from darbaza.appointments.types import Offer
from darbaza.pages import dates
from darbaza.pages.tables import Column, Table
from darbaza.persons import names


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
    return gettext("%(taken)s of %(places)s") % figures


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
        Column("reference", pgettext_lazy("appointment", "Reference"),
               _of(lambda a: a.reference)),
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


def _called(rows: Any, text: str) -> Any:
    """Find who waits by a name of the family or of the prisoner, in any script."""
    people = {
        person.pk: person.name
        for row in rows
        for person in (row.access.person, row.access.prisoner.person)
    }
    hits = names.Index(people.items()).search(text, limit=200)
    meant = [hit.id for hit in hits if hit.meant]
    return rows.filter(
        Q(access__person__in=meant) | Q(access__prisoner__person__in=meant)
    )


WAITING: Table[Any] = Table(
    columns=(
        Column("family", pgettext_lazy("waiting list", "Family"),
               lambda r: r.access.person.name, "access__person__surname",
               link=lambda r: reverse("appointments:take_off", args=[r.pk])),
        Column("prisoner", _("Prisoner"), lambda r: r.access.prisoner.person.name,
               "access__prisoner__person__surname"),
        Column("kind", _("What for"), lambda r: r.get_kind_display(), "kind"),
        Column("first", pgettext_lazy("waiting list", "First day"),
               lambda r: r.first_day, "first_day"),
        Column("last", pgettext_lazy("waiting list", "Last day"),
               lambda r: r.last_day, "last_day"),
        Column("put_at", pgettext_lazy("waiting list", "Waits since"),
               lambda r: r.put_at, "put_at"),
        Column("state", _("State"), lambda r: r.get_state_display(), "state"),
        Column("offer", pgettext_lazy("waiting list", "Offered time"),
               lambda r: r.hold and r.hold.arrives_at),
        Column("until", pgettext_lazy("waiting list", "To be answered by"),
               lambda r: r.hold and r.hold.expires_at),
    ),
    search=_called,
    order="put_at",
)  # fmt: skip
