"""A person's page, the photograph, the privacy notice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.audit import selectors as record
from darbaza.kernel.errors import Invalid
from darbaza.pages.requests import Request
from darbaza.persons import forms, pagedata, selectors, services
from darbaza.persons.types import PANELS


@require_GET
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Show a person; what other rooms know about them comes as panels."""
    actor = request.actor
    found = selectors.person(person_id, by=actor)
    if found.pk != person_id:
        return redirect("persons:person", found.pk)
    services.note_reading(found.pk, by=actor, at=timezone.now())
    may_merge = actor.may(Permission.PERSON_MERGE)
    context = {
        "person": found,
        "strip": pagedata.strip(found),
        "documents": selectors.documents(found.pk, by=actor),
        "panels": _panels(found.pk, request),
        "may_register": actor.may(Permission.PERSON_REGISTER),
        "may_merge": may_merge,
        "duplicates": selectors.duplicates(found.pk, by=actor) if may_merge else (),
        "merges": selectors.merges(found.pk, by=actor) if may_merge else (),
        "history": pagedata.entries(
            record.last_events(found.pk, institutions=actor.sees)
        ),
        "photo_form": forms.Photo(),
    }
    return render(request, "persons/person.html", context)


@require_GET
def photo(request: Request, photo_id: UUID) -> HttpResponse:
    """Give a photograph, never to be kept by a browser."""
    found = selectors.photo(photo_id, by=request.actor)
    response = HttpResponse(bytes(found.image), content_type="image/jpeg")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Content-Disposition"] = "inline"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def photograph(request: Request, person_id: UUID) -> HttpResponse:
    """Take a photograph with the camera or from a file."""
    found = selectors.person(person_id, by=request.actor)
    form = forms.Photo(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["photo"].read()
        try:
            services.store_photo(found.pk, data, by=request.actor, at=timezone.now())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("Photograph stored."))
            return redirect("persons:person", found.pk)
    context = {"person": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "persons/photo.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Request, person_id: UUID) -> HttpResponse:
    """Show the privacy notice for printing; note that it was given."""
    found = selectors.person(person_id, by=request.actor)
    if request.method == "POST":
        services.give_notice(found.pk, by=request.actor, at=timezone.now())
        messages.success(request, _("Noted: the privacy notice was given."))
        return redirect("persons:person", found.pk)
    return render(request, "persons/notice.html", {"person": found})


def _panels(person_id: UUID, request: Request) -> list[tuple[str, dict[str, object]]]:
    """Return (template, context) of every room that has something to say."""
    shown = []
    for panel in sorted(PANELS.values(), key=lambda p: p.order):
        context = panel.load(person_id, request.actor)
        if context is not None:
            shown.append((panel.template, dict(context)))
    return shown
