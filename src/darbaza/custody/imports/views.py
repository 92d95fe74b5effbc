"""Take a list over, page by page: upload, columns, preview, result, undo."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from darbaza.custody.imports import (
    columns,
    forms,
    rights,
    selectors,
    services,
    tables,
    tasks,
)
from darbaza.custody.imports.types import Upload
from darbaza.custody.models import ImportBatch
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages import exports
from darbaza.pages.requests import Request

Status = ImportBatch.Status
STALE = timedelta(seconds=60)
"""No step for so long: the process was killed, and the walk is begun again."""
SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: Request) -> HttpResponse:
    """Show earlier lists and the form; read an upload."""
    actor = request.actor
    kinds = rights.kinds(actor)
    rows = selectors.batches(by=actor)
    if not kinds:
        raise Forbidden(permission="register.import")
    form = forms.Upload(request.POST or None, request.FILES or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = Upload(data["file"].name, data["file"].read())
        key, at = data["request_id"], timezone.now()
        try:
            made = services.upload(data["kind"], file, request_id=key, by=actor, at=at)
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return redirect("custody:import_columns", made.pk)
    context = {
        "form": form,
        "kinds": [c for c in ImportBatch.Kind.choices if c[0] in kinds],
        "table": tables.BATCHES.view(rows, request.GET),
    }
    status = 422 if form.is_bound else 200
    return render(request, "custody/imports/imports.html", context, status=status)


@require_GET
def empty(request: Request, kind: str, language: str) -> HttpResponseBase:
    """Give an empty workbook with the right heads and one example row."""
    if kind not in rights.kinds(request.actor) or language not in ("ky", "ru", "en"):
        raise Http404
    with translation.override(language):
        lines = [tables.heads(kind), [f.sample for f in columns.KINDS[kind]]]
    return exports.respond(lines, kind="xlsx", name=f"darbaza-{kind}-{language}")


@require_http_methods(["GET", "HEAD", "POST"])
def match(request: Request, batch_id: UUID) -> HttpResponse:
    """Show which column means what; take the officer's word for it."""
    actor = request.actor
    batch = selectors.batch(batch_id, by=actor)
    form = forms.Columns(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            services.match(batch.pk, form.chosen(), by=actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            tasks.walk.enqueue(str(batch.pk))
            return redirect("custody:import", batch.pk)
    first = list(selectors.rows(batch.pk, by=actor)[:3])
    context = {
        "form": form,
        "batch": batch,
        "fields": tables.samples(form, first, batch),
        "ignored": tables.ignored(batch),
    }
    status = 422 if form.is_bound else 200
    return render(request, "custody/imports/columns.html", context, status=status)


@require_GET
def batch(request: Request, batch_id: UUID) -> HttpResponse:
    """Show where a list stands: progress, preview, or what became of it."""
    actor = request.actor
    found = selectors.batch(batch_id, by=actor)
    if found.status == Status.UPLOADED:
        return redirect("custody:import_columns", found.pk)
    if found.status in rights.WALKING:
        return render(request, "custody/imports/walking.html", _progress(found, actor))
    counts = selectors.counts(found.pk, by=actor)
    shown = request.GET.get("status", "")
    shown = shown if shown in counts else ""
    context: dict[str, Any] = {
        "batch": found,
        "counts": counts,
        "groups": tables.groups(counts, shown),
        "table": tables.rows(found).view(
            selectors.rows(found.pk, shown, by=actor), request.GET
        ),
        "form": forms.Undo(),
        "handing": found.kind == "users"
        and selectors.rows(found.pk, "made", by=actor).filter(handed_at=None).count(),
    }
    name = "preview" if found.status == Status.CHECKED else "result"
    return render(request, f"custody/imports/{name}.html", context)


@require_POST
def begin(request: Request, batch_id: UUID) -> HttpResponse:
    """Take the checked rows over."""
    found = services.begin(batch_id, by=request.actor, at=timezone.now())
    if found.status == Status.MAKING:
        tasks.walk.enqueue(str(found.pk))
    return redirect("custody:import", found.pk)


@never_cache
@require_GET
def progress(request: Request, batch_id: UUID) -> HttpResponse:
    """Answer the progress bar; the page anew once there is nothing to wait for."""
    found = selectors.batch(batch_id, by=request.actor)
    if found.status not in rights.WALKING:
        address = reverse("custody:import", args=[found.pk])
        return HttpResponse(headers={"HX-Redirect": address})
    if found.stepped_at and timezone.now() - found.stepped_at > STALE:
        tasks.walk.enqueue(str(found.pk))
    return render(request, "pages/_progress.html", _progress(found, request.actor))


@require_GET
def errors(request: Request, batch_id: UUID) -> HttpResponseBase:
    """Give the wrong rows as they came, with what is wrong in a last column."""
    found = selectors.batch(batch_id, by=request.actor)
    kind = request.GET.get("format", "xlsx")
    kind = kind if kind in exports.KINDS else "xlsx"
    lines: Iterator[list[Any]] = tables.wrong_lines(
        found, selectors.rows(found.pk, "wrong", by=request.actor)
    )
    return exports.respond(lines, kind=kind, name=f"errors-{found.kind}")


@require_POST
def undo(request: Request, batch_id: UUID) -> HttpResponse:
    """Withdraw what a list made, or say what stands against it."""
    actor = request.actor
    found = selectors.batch(batch_id, by=actor)
    form = forms.Undo(request.POST)
    if form.is_valid():
        try:
            services.undo(found.pk, **form.cleaned_data, by=actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            tasks.walk.enqueue(str(found.pk))
            return redirect("custody:import", found.pk)
    context = {"batch": found, "form": form}
    return render(request, "custody/imports/undo.html", context, status=422)


@never_cache
@require_POST
def passwords(request: Request, batch_id: UUID) -> HttpResponse:
    """Show the next one-time passwords, this once."""
    actor = request.actor
    handed = services.hand_passwords(batch_id, by=actor, at=timezone.now())
    names = selectors.names([key for key, _secret in handed], by=actor)
    if not handed:
        messages.info(request, _("Everybody on this list has a password."))
        return redirect("custody:import", batch_id)
    context = {
        "batch": selectors.batch(batch_id, by=actor),
        "handed": [(*names[key], secret) for key, secret in handed],
    }
    return render(request, "custody/imports/passwords.html", context)


def _progress(found: ImportBatch, actor: Any) -> dict[str, Any]:
    counts = selectors.counts(found.pk, by=actor)
    waiting = {"checking": "waiting", "making": "new", "undoing": "made"}
    left = counts[waiting[found.status]]
    words = {
        "checking": _("Checking the rows"),
        "making": _("Taking the rows over"),
        "undoing": _("Withdrawing what was made"),
    }
    return {
        "batch": found,
        "poll_url": reverse("custody:import_progress", args=[found.pk]),
        "progress": {
            "done": found.total - left,
            "total": found.total,
            "finished": False,
            "words": words[found.status],
        },
    }
