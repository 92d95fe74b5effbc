"""Institutions: the list, one with its choices and history, opening and closing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages.requests import Request
from darbaza.sites import forms, pagedata, selectors, services, tables


@require_GET
def institution(request: Request, institution_id: UUID | None = None) -> HttpResponse:
    """Show one institution: where the person acts, unless another is named."""
    key = institution_id or request.actor.institution_id
    row = selectors.institution(key, by=request.actor)
    history = audit.history(row.pk, institutions=request.actor.sees)[:50]
    context = {
        "institution": row,
        "rows": pagedata.choices(row),
        "tabs": pagedata.tabs(row, "institution"),
        "history": pagedata.entries(history),
        "may_manage": request.actor.may(Permission.SITE_MANAGE),
        "sees_more": len(request.actor.sees) > 1,
        "closing": forms.Closing(initial={"on": timezone.localdate()}),
    }
    return render(request, "sites/institution.html", context)


@require_GET
def institutions(request: Request) -> HttpResponse:
    """List the institutions that the person sees, closed ones too."""
    rows = selectors.institutions(by=request.actor, closed=True)
    context = {
        "table": tables.INSTITUTIONS.view(rows, request.GET),
        "may_manage": request.actor.may(Permission.SITE_MANAGE),
    }
    return render(request, "sites/institutions.html", context)


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Open an institution."""
    form = forms.InstitutionForm(
        request.POST or None, initial=forms.InstitutionForm.of(None)
    )
    if form.is_valid():
        try:
            row = services.create_institution(
                form.draft(), by=request.actor, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The institution is open."))
            return redirect("sites:institution_of", row.pk)
    context = {"form": form, "title": _("Open an institution")}
    return render(request, "sites/form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def change(request: Request, institution_id: UUID) -> HttpResponse:
    """Change names and choices of an institution."""
    row = selectors.institution(institution_id, by=request.actor)
    form = forms.InstitutionForm(
        request.POST or None, initial=forms.InstitutionForm.of(row)
    )
    if form.is_valid():
        try:
            services.change_institution(
                row.pk, form.draft(), by=request.actor, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The change is in force at once."))
            return redirect("sites:institution_of", row.pk)
    context = {"form": form, "title": row.name, "institution": row}
    return render(request, "sites/form.html", context, status=_status(form))


@require_POST
def close(request: Request, institution_id: UUID) -> HttpResponse:
    """Close an institution from a day."""
    form = forms.Closing(request.POST)
    if form.is_valid():
        services.close_institution(
            institution_id,
            on=form.cleaned_data["on"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("It is closed. Nothing was deleted."))
    else:
        messages.error(request, _("Give the day from which it is closed."))
    return redirect("sites:institution_of", institution_id)


@require_POST
def reopen(request: Request, institution_id: UUID) -> HttpResponse:
    """Open a closed institution again."""
    services.reopen_institution(institution_id, by=request.actor, at=timezone.now())
    messages.success(request, _("It is open again."))
    return redirect("sites:institution_of", institution_id)


def _status(form: forms.InstitutionForm) -> int:
    return 422 if form.is_bound else 200
