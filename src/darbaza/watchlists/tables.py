"""How lists, versions, likenesses and decisions are shown and given out."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.pages.tables import Column, Table
from darbaza.watchlists import texts, words
from darbaza.watchlists.models import Likeness, Version, WatchList
from darbaza.watchlists.types import Listed


def _kept(row: WatchList) -> date | str | None:
    return words.erased(row.erased_at) if row.erased_at else row.kept_until


def _page(row: WatchList) -> str:
    return reverse("watchlists:list", args=[row.pk])


LISTS: Table[Any] = Table(
    columns=(
        Column("name", pgettext_lazy("watch-list", "Name of the list"),
               words.name_of, "name", _page),
        Column("source", _("Source"), words.source_of),
        Column("owner", _("Whose list it is"), words.owner_of, "owner"),
        Column("published", _("Published on"), lambda r: r.published_on,
               "published_on"),
        Column("loaded", _("Loaded"), lambda r: r.loaded_at, "loaded_at"),
        Column("people", _("People"), lambda r: r.people, "people", numeric=True),
        Column("kept", _("Kept until"), _kept, "kept_until"),
    ),
    order="name",
)  # fmt: skip

VERSIONS: Table[Version] = Table(
    columns=(
        Column("number", _("Version"), lambda v: v.number, "number", numeric=True),
        Column("published", _("Published on"), lambda v: v.published_on,
               "published_on"),
        Column("loaded", _("Loaded"), lambda v: v.loaded_at, "loaded_at"),
        Column("by", _("By"), lambda v: v.loaded_by, "loaded_by"),
        Column("added", pgettext_lazy("watch-list", "New"), lambda v: v.added,
               numeric=True),
        Column("changed", pgettext_lazy("watch-list", "Changed"), lambda v: v.changed,
               numeric=True),
        Column("left", pgettext_lazy("watch-list", "Left"), lambda v: v.left,
               numeric=True),
        Column("digest", _("SHA-256 of the file"), lambda v: v.digest[:12]),
    ),
    order="-number",
)  # fmt: skip

LIKENESSES: Table[Likeness] = Table(
    columns=(
        Column("raised", _("Since"), lambda k: k.raised_at, "raised_at"),
        Column("person", _("Person"), lambda k: k.person.name, "person__surname",
               lambda k: reverse("watchlists:likeness", args=[k.pk])),
        Column("born", _("Born"), lambda k: k.person.birth_on, "person__birth_on"),
        Column("name", _("On the list"), lambda k: k.name or k.entry.name),
        Column("list", pgettext_lazy("watch-list", "List"),
               lambda k: words.name_of(k.watchlist), "watchlist__name"),
        Column("why", _("Why"), lambda k: "; ".join(texts.reasons(k.reasons))),
        Column("score", _("Alike, %"), lambda k: round(100 * k.score), "score",
               numeric=True),
        Column("status", pgettext_lazy("watch-list", "Decision"),
               lambda k: k.get_status_display(), "status"),
        Column("judged", _("Decided"), lambda k: k.judged_at, "judged_at"),
        Column("reference", _("Number on the list"), lambda k: k.reference,
               export_only=True),
        Column("reason", _("Reason"), lambda k: _last(k, "reason"), export_only=True),
        Column("by", _("Decided by"), lambda k: _last(k, "judged_by"),
               export_only=True),
    ),
    order="-raised",
)  # fmt: skip

PREVIEW: Table[Listed] = Table(
    columns=(
        Column("reference", _("Number on the list"), lambda e: e.reference),
        Column("names", _("Names"), lambda e: "; ".join(e.names[:4])),
        Column("births", _("Date of birth"),
               lambda e: ", ".join(map(texts.born, e.births))),
        Column("sex", _("Sex"), lambda e: words.sex(e.sex)),
        Column("papers", _("Documents"),
               lambda e: ", ".join(p.number for p in e.papers)),
    ),
    size=25,
)  # fmt: skip


def _last(row: Likeness, name: str) -> str:
    newest = row.decisions.order_by("-number").values_list(name, flat=True).first()
    return str(newest or "")
