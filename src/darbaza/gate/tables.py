"""The lists of the gate, as pages, CSV and XLSX show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from darbaza.gate import texts
from darbaza.gate.types import Somebody
from darbaza.pages.tables import Column, Table
from darbaza.persons import names


def _whereabouts(row: Any) -> str:
    return str(row.visitor.get_status_display()) if row.visitor else ""


HELD: Table[Any] = Table(
    columns=(
        Column(
            "tag", _("Tag"), value=lambda r: r.tag, order="tag",
            link=lambda r: reverse("gate:deposit", args=[r.pk]),
        ),
        Column("name", _("Whose"), value=lambda r: r.name, order="name"),
        Column("locker", _("Locker"), value=lambda r: r.locker and r.locker.label,
               order="locker__label"),
        Column("what", _("What"), value=lambda r: texts.listed(r.belongings.all())),
        Column("at", _("Taken in"), value=lambda r: r.taken_at, order="taken_at"),
        Column("left", _("Visit"), value=_whereabouts),
    ),
    search=lambda rows, text: rows.filter(
        _called_alike(rows, text) | Q(tag__startswith=text) | Q(locker__label=text)
    ),
    order="at",
)  # fmt: skip


def _alike(people: Iterable[tuple[Any, str]], text: str) -> list[Any]:
    """Return the keys of those whose name may be meant: in any script, with a slip."""
    hits = names.Index(people).search(text, limit=50)
    return [hit.id for hit in hits if hit.meant]


def _called_alike(rows: Any, text: str) -> Q:
    named = _alike(rows.values_list("pk", "name"), text)
    return Q(name__icontains=text) | Q(pk__in=named)


def _called(people: Iterable[Somebody], text: str) -> list[Somebody]:
    people, wanted = list(people), text.casefold()
    meant = set(_alike(((n, one.name) for n, one in enumerate(people)), text))
    return [
        one
        for n, one in enumerate(people)
        if n in meant
        or wanted in f"{one.name} {one.organisation} {one.card} {one.plate}".casefold()
        or wanted in texts.category(one.category).casefold()
    ]


def _address(one: Somebody) -> str:
    if one.passage_id:
        return reverse("gate:passage", args=[one.passage_id])
    return reverse("visits:visit", args=[one.visit_id]) if one.visit_id else ""


EVERYONE: Table[Somebody] = Table(
    columns=(
        Column("name", _("Full name"), value=lambda p: p.name, order="name",
               link=_address),
        Column("category", _("As what"), value=lambda p: texts.category(p.category),
               order="category"),
        Column("organisation", _("Organisation"), value=lambda p: p.organisation,
               order="organisation"),
        Column("place", _("Where to"), value=lambda p: p.place, order="place"),
        Column("card", _("Card or visit"), value=lambda p: p.card),
        Column("plate", _("Vehicle"), value=lambda p: p.plate),
        Column("at", _("Came in"), value=lambda p: p.came_in_at, order="at"),
    ),
    search=_called,
    order="name",
    size=100,
)  # fmt: skip

BADGES: Table[Any] = Table(
    columns=(
        Column(
            "name", _("Full name"), value=lambda r: r.name, order="name",
            link=lambda r: reverse("gate:badge", args=[r.pk]),
        ),
        Column("number", _("Number of the badge"), value=lambda r: r.number,
               order="number"),
        Column("category", _("As what"), value=lambda r: r.get_category_display(),
               order="category"),
        Column("organisation", _("Organisation"), value=lambda r: r.organisation),
        Column("until", _("Valid until"), value=lambda r: r.valid_until,
               order="valid_until"),
        Column("closed_on", _("Closed from"), value=lambda r: r.closed_on,
               order="closed_on"),
    ),
    search=lambda rows, text: rows.filter(
        _called_alike(rows, text) | Q(number__iexact=text)
    ),
    order="name",
    size=100,
)  # fmt: skip

VEHICLES: Table[Any] = Table(
    columns=(
        Column(
            "plate", _("Number plate"), value=lambda r: r.plate, order="plate",
            link=lambda r: reverse("gate:vehicle", args=[r.pk]),
        ),
        Column("kind", _("Kind"), value=lambda r: r.get_kind_display(), order="kind"),
        Column("organisation", _("Organisation"), value=lambda r: r.organisation),
        Column("load", _("Load"), value=lambda r: r.load_in),
        Column("people", _("People"), value=lambda r: len(r.people.all()),
               numeric=True),
        Column("at", _("Drove in"), value=lambda r: r.came_in_at, order="came_in_at"),
        Column("left", _("Drove out"), value=lambda r: r.left_at, order="left_at"),
    ),
    search=lambda rows, text: rows.filter(
        Q(plate__icontains=text) | Q(organisation__icontains=text)
    ),
    order="-at",
)  # fmt: skip
