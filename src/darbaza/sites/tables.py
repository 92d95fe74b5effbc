"""The lists of places and printers, as pages, CSV and XLSX show them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from darbaza.pages.tables import Column, Table
from darbaza.sites import texts
from darbaza.sites.models import PrintJob
from darbaza.sites.types import Place


def _address(kind: Place) -> Any:
    return lambda row: reverse("sites:place", args=[kind.value, row.pk])


def _names(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    found = Q(name_ky__icontains=text) | Q(name_ru__icontains=text)
    return rows.filter(found | Q(name_en__icontains=text))


CLOSED: Column[Any] = Column(
    "closed_on", _("Closed from"), value=lambda r: r.closed_on, order="closed_on"
)
NAME_KY: Column[Any] = Column(
    "name_ky", _("Name in Kyrgyz"), value=lambda r: r.name_ky, export_only=True
)
KIND: Column[Any] = Column(
    "kind", _("Kind"), value=lambda r: r.get_kind_display(), order="kind"
)

INSTITUTIONS: Table[Any] = Table(
    columns=(
        Column(
            "code", _("Number"), value=lambda r: r.code, order="code",
            link=lambda r: reverse("sites:institution_of", args=[r.pk]),
        ),
        Column("name", _("Name"), value=lambda r: r.name, order="name_ky"),
        KIND,
        Column("phone", _("Telephone"), value=lambda r: r.phone),
        CLOSED,
    ),
    search=lambda rows, text: _names(rows, text) | rows.filter(code=text),
    order="code",
)  # fmt: skip

OF_PLACE: dict[Place, Table[Any]] = {
    Place.BLOCK: Table(
        columns=(
            Column(
                "code", _("Block"), value=lambda r: r.code, order="code",
                link=_address(Place.BLOCK),
            ),
            Column(
                "cells", _("Open cells"), value=lambda r: r.cells_open,
                order="cells_open", numeric=True,
            ),
            CLOSED,
        ),
        search=lambda rows, text: rows.filter(code__icontains=text),
        order="code",
    ),
    Place.CELL: Table(
        columns=(
            Column(
                "block", _("Block"), value=lambda r: r.block.code, order="block__code"
            ),
            Column(
                "code", _("Cell"), value=lambda r: r.code, order="code",
                link=_address(Place.CELL),
            ),
            Column(
                "places", _("Places"), value=lambda r: r.places, order="places",
                numeric=True,
            ),
            CLOSED,
        ),
        search=lambda rows, text: rows.filter(
            Q(code__icontains=text) | Q(block__code__iexact=text)
        ),
        order="block",
        size=100,
    ),
    Place.ROOM: Table(
        columns=(
            Column(
                "name", _("Room"), value=lambda r: r.name, order="name_ky",
                link=_address(Place.ROOM),
            ),
            NAME_KY,
            KIND,
            Column(
                "seats", _("Open tables"), value=lambda r: r.seats_open,
                order="seats_open", numeric=True,
            ),
            CLOSED,
        ),
        search=_names,
        order="kind",
    ),
    Place.SEAT: Table(
        columns=(
            Column(
                "label", _("Label"), value=lambda r: r.label, link=_address(Place.SEAT)
            ),
            Column(
                "people", _("Visitors at most"), value=lambda r: r.people, numeric=True
            ),
            CLOSED,
        ),
        size=200,
    ),
    Place.POST: Table(
        columns=(
            Column(
                "name", _("Post"), value=lambda r: r.name, order="name_ky",
                link=_address(Place.POST),
            ),
            NAME_KY,
            KIND,
            CLOSED,
        ),
        search=_names,
        order="kind",
    ),
}  # fmt: skip

PRINTERS: Table[Any] = Table(
    columns=(
        Column(
            "name", _("Printer"), value=lambda r: r.name, order="name_ky",
            link=lambda r: reverse("sites:printer", args=[r.pk]),
        ),
        KIND,
        Column("post", _("Post"), value=lambda r: r.post.name if r.post else ""),
        Column(
            "state", _("State"), value=texts.state,
            template="sites/_printer_state.html",
        ),
        Column("asked_at", _("Last heard of"), value=lambda r: r.asked_at),
        Column(
            "waiting", _("Papers waiting"), value=lambda r: r.waiting,
            order="waiting", numeric=True,
        ),
        CLOSED,
    ),
    order="name",
)  # fmt: skip


def _title(row: PrintJob) -> str:
    return row.title or row.get_paper_display()


PRINT_JOBS: Table[Any] = Table(
    columns=(
        Column(
            "title", _("Paper"), value=_title, order="title",
            link=lambda r: reverse("sites:print_job", args=[r.pk]),
        ),
        Column("paper", _("Kind"), value=lambda r: r.get_paper_display()),
        Column("printer", _("Printer"), value=lambda r: r.printer.name),
        Column(
            "status", _("State"), value=lambda r: r.get_status_display(),
            order="status",
        ),
        Column("made_at", _("Asked for"), value=lambda r: r.made_at, order="made_at"),
        Column("made_by", _("By"), value=lambda r: r.made_by),
    ),
    order="-made_at",
)  # fmt: skip
