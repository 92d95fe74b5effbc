"""The queue of likenesses, one pair side by side with its decision, the export."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts import selectors as accounts
from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.audit import texts as audit
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages import exports
from darbaza.pages.requests import Request
from darbaza.watchlists import (
    forms,
    pagedata,
    selectors,
    services,
    tables,
    texts,
    words,
)
from darbaza.watchlists.models import Likeness, WatchList

FILES = ("csv", "xlsx")


@require_GET
def likenesses(request: Request) -> HttpResponse:
    """List likenesses; at first those that wait for a decision."""
    form, rows = _narrowed(request)
    by = request.actor
    context = {
        "form": form,
        "table": tables.LIKENESSES.view(rows, {**request.GET.dict(), "q": ""}),
        "export_url": reverse("watchlists:export"),
        "first": rows.order_by("-score", "raised_at", "pk").first(),
        "may_see_lists": by.may(Permission.WATCHLIST_SEE),
    }
    return render(request, "watchlists/likenesses.html", context)


@require_GET
def export(request: Request) -> HttpResponseBase:
    """Give the queue with its decisions as a file; that is on record."""
    kind = request.GET.get("format", "csv")
    if kind not in FILES:
        raise Invalid("format_unknown", field="format")
    _form, rows = _narrowed(request)
    rows = tables.LIKENESSES.select(rows, sort=request.GET.get("sort", ""))
    by, at = request.actor, timezone.now()
    services.note_exported(rows.count(), kind=kind, by=by, at=at)
    return exports.respond(tables.LIKENESSES.lines(rows), kind=kind, name="watch-lists")


@require_http_methods(["GET", "HEAD", "POST"])
def likeness(request: Request, likeness_id: UUID) -> HttpResponse:
    """Lay one pair side by side; take the decision."""
    by = request.actor
    row = selectors.likeness(likeness_id, by=by)
    form = forms.Judged(request.POST or None, initial={"seen": row.mark})
    if request.method == "POST" and form.is_valid():
        try:
            services.judge(row.pk, **form.cleaned_data, by=by, at=timezone.now())
        except (Conflict, Invalid) as error:
            form = _again(form, row, error)
        else:
            messages.success(request, _("Decided."))
            return redirect("watchlists:likenesses")
    context = {
        "likeness": row,
        "form": form,
        "reasons": texts.reasons(row.reasons),
        "parts": texts.parts(row.parts),
        "rows": pagedata.beside(row, by=by),
        "list_name": words.name_of(row.watchlist),
        "listed": row.entry.listed,
        "decisions": _decisions(row, by),
        "history": _history(row, by),
        "places": selectors.places(row.pk, by=by),
        "photo_url": _photo(row),
        "merge_url": _merge(row, by),
    }
    status = 422 if form.is_bound else 200
    return render(request, "watchlists/likeness.html", context, status=status)


def _again(form: forms.Judged, row: Likeness, error: Any) -> forms.Judged:
    """Return the form with the trouble; whoever looks again has seen what is new."""
    fresh = forms.Judged({**dict(form.data.items()), "seen": row.mark})
    fresh.refuse(error)
    return fresh


def _narrowed(request: Request) -> tuple[forms.Queue, Any]:
    by = request.actor
    lists = _lists(by)
    places = [
        (str(key), place.name(by.language))
        for key, place in accounts.seen_places(by=by).items()
    ]
    data = {"status": "waiting", **request.GET.dict()}
    form = forms.Queue(data, lists=lists, places=places)
    form.is_valid()
    given = form.cleaned_data
    filters = selectors.Filters(
        q=given.get("q", ""),
        status=given.get("status", ""),
        list_id=UUID(given["list"]) if given.get("list") else None,
        place=UUID(given["place"]) if given.get("place") else None,
    )
    return form, selectors.likenesses(filters, by=by)


def _lists(by: Actor) -> list[tuple[str, str]]:
    if not by.may(Permission.WATCHLIST_SEE):
        return []
    rows = selectors.watch_lists(by=by).filter(erased_at=None)
    return [(str(row.pk), words.name_of(row)) for row in rows]


def _decisions(row: Likeness, by: Actor) -> list[dict[str, Any]]:
    return [
        {
            "what": one.get_outcome_display(),
            "at": one.judged_at,
            "who": f"{one.judged_by}, {one.institution}",
            "reason": one.reason,
        }
        for one in selectors.decisions(row.pk, by=by)
    ]


def _history(row: Likeness, by: Actor) -> list[dict[str, Any]]:
    return [
        {"what": audit.text(event.type), "at": event.at, "who": event.actor_name}
        for event in selectors.record(row.pk, by=by)
    ]


def _photo(row: Likeness) -> str:
    person = row.person
    return reverse("persons:photo", args=[person.photo_id]) if person.photo_id else ""


def _merge(row: Likeness, by: Actor) -> str:
    """Return where two records of one banned person are made one."""
    bans = row.watchlist.kind == WatchList.Kind.BANS
    if not bans or row.status != "same" or not by.may(Permission.PERSON_MERGE):
        return ""
    return reverse("persons:merge", args=[row.reference, row.person_id])
