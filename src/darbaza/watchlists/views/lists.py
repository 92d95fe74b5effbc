"""Lists: which there are, one with its versions, making, changing, erasing, walking."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages.requests import Request
from darbaza.watchlists import (
    forms,
    selectors,
    services,
    tables,
    tasks,
    texts,
    words,
)
from darbaza.watchlists.models import Likeness, Screening, WatchList

FORM = require_http_methods(["GET", "HEAD", "POST"])
STALE = timedelta(seconds=60)
"""No step for so long: the process was killed, and the walk is begun again."""


@require_GET
def lists(request: Request) -> HttpResponse:
    """Show every list with source, date, owner, retention, and the last screening."""
    by = request.actor
    context = {
        "table": tables.LISTS.view(selectors.watch_lists(by=by), request.GET),
        "screening": selectors.screenings(by=by).first(),
        **_may(by),
    }
    return render(request, "watchlists/lists.html", context)


@FORM
def new(request: Request) -> HttpResponse:
    """Describe a list that is not there yet; its file comes next."""
    by = request.actor
    if not by.may(Permission.WATCHLIST_MANAGE):
        raise Forbidden(permission=Permission.WATCHLIST_MANAGE.value)
    form = forms.New(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft, key = (
            form.draft(form.cleaned_data["kind"]),
            form.cleaned_data["request_id"],
        )
        try:
            made = services.make(draft, request_id=key, by=by, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return redirect("watchlists:load", made.pk)
    context = {"form": form, "title": _("New watch-list"), "button": _("Make the list")}
    status = 422 if form.is_bound else 200
    return render(request, "watchlists/describe.html", context, status=status)


@require_GET
def watch_list(request: Request, list_id: UUID) -> HttpResponse:
    """Show one list: what is said about it, its versions, what came of it."""
    by = request.actor
    row = selectors.watch_list(list_id, by=by)
    newest = selectors.versions(list_id, by=by).first()
    context = {
        "list": row,
        "facts": _facts(row),
        "newest": newest,
        "problems": [texts.problem(one) for one in newest.problems] if newest else [],
        "table": tables.VERSIONS.view(selectors.versions(list_id, by=by), request.GET),
        "figures": _figures(row, by),
        "owned": _owned(row, by),
        **_may(by),
    }
    return render(request, "watchlists/list.html", context)


@FORM
def change(request: Request, list_id: UUID) -> HttpResponse:
    """Change what is said about a list, or how long it is kept."""
    by = request.actor
    row = _own(list_id, by)
    known = {name: getattr(row, name) for name in forms.Described.base_fields}
    form = forms.Described(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(list_id, form.draft(row.kind), by=by, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Changed."))
            return redirect("watchlists:list", list_id)
    context = {
        "form": form,
        "title": words.name_of(row),
        "list": row,
        "button": _("Save"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "watchlists/describe.html", context, status=status)


@FORM
def erase(request: Request, list_id: UUID) -> HttpResponse:
    """Erase a list before its day, with the reason."""
    by = request.actor
    row = _own(list_id, by)
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.erase(list_id, reason, by=by, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The list was erased."))
            return redirect("watchlists:lists")
    context = {"form": form, "list": row}
    status = 422 if form.is_bound else 200
    return render(request, "watchlists/erase.html", context, status=status)


@require_POST
def screen(request: Request) -> HttpResponse:
    """Begin to compare everybody on record with every list."""
    made = services.begin(by=request.actor, at=timezone.now())
    tasks.walk.enqueue(str(made.pk))
    return redirect("watchlists:screening", made.pk)


@require_GET
def screening(request: Request, screening_id: UUID) -> HttpResponse:
    """Show how far a walk has come."""
    row = selectors.screening(screening_id, by=request.actor)
    context = {**_progress(row), **_may(request.actor)}
    return render(request, "watchlists/screening.html", context)


@never_cache
@require_GET
def progress(request: Request, screening_id: UUID) -> HttpResponse:
    """Answer the progress bar; the page anew once there is nothing to wait for."""
    row = selectors.screening(screening_id, by=request.actor)
    if row.finished_at:
        address = reverse("watchlists:screening", args=[row.pk])
        return HttpResponse(headers={"HX-Redirect": address})
    if timezone.now() - row.stepped_at > STALE:
        tasks.walk.enqueue(str(row.pk))
    return render(request, "pages/_progress.html", _progress(row))


def _progress(row: Screening) -> dict[str, Any]:
    finished = row.finished_at is not None
    said = _("Everybody was compared.") if finished else _("Comparing everybody")
    return {
        "screening": row,
        "poll_url": reverse("watchlists:screening_progress", args=[row.pk]),
        "progress": {
            "done": min(row.done, row.total),
            "total": row.total,
            "finished": finished,
            "words": said,
        },
    }


def _own(list_id: UUID, by: Actor) -> WatchList:
    row = selectors.watch_list(list_id, by=by)
    if not _owned(row, by):
        raise Forbidden(permission=Permission.WATCHLIST_MANAGE.value)
    return row


def _owned(row: WatchList, by: Actor) -> bool:
    """Tell whether the actor may write to this list."""
    mine = row.institution_id in by.sees and row.kind != WatchList.Kind.BANS
    return mine and not row.erased_at and by.may(Permission.WATCHLIST_MANAGE)


def _may(by: Actor) -> dict[str, bool]:
    return {
        "may_manage": by.may(Permission.WATCHLIST_MANAGE),
        "may_judge": by.may(Permission.WATCHLIST_JUDGE),
    }


def _facts(row: WatchList) -> list[tuple[str, object]]:
    return [
        (_("Kind of file"), row.get_kind_display()),
        (_("Source"), words.source_of(row)),
        (_("Whose list it is"), words.owner_of(row)),
        (_("What it is for"), words.purpose_of(row)),
        (_("Made by"), f"{row.made_by}, {row.institution}"),
    ]


def _figures(row: WatchList, by: Actor) -> list[tuple[str, int]]:
    found = selectors.figures(row.pk, by=by)
    return [(str(label), found[code]) for code, label in Likeness.Status.choices]
