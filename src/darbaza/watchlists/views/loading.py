"""Load a file into a list: upload, columns, preview, taking over or throwing away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages import grounds
from darbaza.pages.requests import Request
from darbaza.watchlists import forms, selectors, services, tables, tasks, texts
from darbaza.watchlists.models import Version, WatchList
from darbaza.watchlists.types import Upload

FORM = require_http_methods(["GET", "HEAD", "POST"])
PROBLEMS_SHOWN = 50
Status = Version.Status


@FORM
def load(request: Request, list_id: UUID) -> HttpResponse:
    """Read a file; nothing is in force before somebody has looked at it."""
    by = request.actor
    row = selectors.watch_list(list_id, by=by)
    if not by.may(Permission.WATCHLIST_MANAGE) or row.institution_id not in by.sees:
        raise Forbidden(permission=Permission.WATCHLIST_MANAGE.value)
    form = forms.Load(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = Upload(data["file"].name, data["file"].read())
        more = {n: data[n] for n in ("published_on", "request_id")}
        try:
            made = services.offer(list_id, file, **more, by=by, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return _go_on(request, made)
    context = {"form": form, "list": row}
    status = 422 if form.is_bound else 200
    return render(request, "watchlists/load.html", context, status=status)


def _go_on(request: Request, made: Version) -> HttpResponse:
    if made.status != Status.LOADED:
        return redirect("watchlists:version", made.pk)
    said = _("This very file is in force already, as version %(number)s.")
    messages.info(request, said % {"number": made.number})
    return redirect("watchlists:list", made.watchlist_id)


@FORM
def version(request: Request, version_id: UUID) -> HttpResponse:
    """Show what a file would bring; for a table, which column holds what."""
    by = request.actor
    row = selectors.version(version_id, by=by)
    if row.status != Status.WAITING:
        return redirect("watchlists:list", row.watchlist_id)
    preview, trouble = _preview(row, by)
    form = _columns(request, row, preview)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            services.settle(version_id, form.settings(), by=by)
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return redirect("watchlists:version", version_id)
    context: dict[str, Any] = {
        "version": row,
        "list": row.watchlist,
        "form": form,
        "trouble": trouble,
    }
    if preview is not None and preview.reading.entries:
        context |= _shown(preview, request)
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "watchlists/version.html", context, status=status)


@require_POST
def take_over(request: Request, version_id: UUID) -> HttpResponse:
    """Put a file in force; everybody on record is compared anew."""
    by = request.actor
    row = services.take_over(version_id, by=by, at=timezone.now())
    walk = selectors.screenings(by=by).filter(why=row).first()
    if walk is None:
        return redirect("watchlists:list", row.watchlist_id)
    tasks.walk.enqueue(str(walk.pk))
    return redirect("watchlists:screening", walk.pk)


@require_POST
def drop(request: Request, version_id: UUID) -> HttpResponse:
    """Throw a file away that was not taken over."""
    row = services.drop(version_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The file was thrown away; the list is as before."))
    return redirect("watchlists:list", row.watchlist_id)


def _preview(row: Version, by: Any) -> tuple[selectors.Preview | None, str]:
    try:
        return selectors.preview(row.pk, by=by), ""
    except Invalid as error:
        return None, grounds.officer(error)


def _columns(
    request: Request, row: Version, preview: selectors.Preview | None
) -> forms.Columns | None:
    if row.watchlist.kind != WatchList.Kind.CSV:
        return None
    heads = preview.head if preview else ()
    data = request.POST or None
    return forms.Columns(data, heads=heads, settings=row.settings)


def _shown(preview: selectors.Preview, request: Request) -> dict[str, Any]:
    read = preview.reading
    problems = [
        {"line": one.line, "words": texts.problem(one)}
        for one in read.problems[:PROBLEMS_SHOWN]
    ]
    return {
        "reading": read,
        "blind": sum(not one.can_be_found for one in read.entries),
        "problems": problems,
        "table": tables.PREVIEW.view(list(read.entries), request.GET),
    }
