"""The outbox as a table."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.appointments.models import Message
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
