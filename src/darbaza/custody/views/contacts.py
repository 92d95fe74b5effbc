"""Contacts, permits, keeping apart."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from darbaza.accounts.permissions import Permission
from darbaza.custody import forms, pagedata, selectors, services
from darbaza.custody.models import Prisoner
from darbaza.custody.views import choosing
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages.forms import Form
from darbaza.pages.requests import Request
from darbaza.persons import selectors as persons

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def waiting(request: Request) -> HttpResponse:
    """List the contacts that wait for a decision here."""
    context = {
        "contacts": selectors.waiting_contacts(by=request.actor),
        "may_approve": request.actor.may(Permission.CONTACT_APPROVE),
    }
    return render(request, "custody/waiting.html", context)


@FORM
def propose(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Propose a contact, once the person is chosen."""
    file = selectors.prisoner(prisoner_id, by=request.actor)
    title = _("Propose a contact")
    chosen = choosing.key(request, "person")
    if chosen is None:
        return choosing.person(request, title=title, strip=pagedata.strip(file))
    person = persons.person(chosen, by=request.actor)
    form = forms.Contact(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_contact(
                file.pk,
                person.pk,
                form.cleaned_data["kinship"],
                proof=form.cleaned_data["proof"],
                by=request.actor,
                at=timezone.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Contact proposed."))
            return redirect("custody:prisoner", file.pk)
    return _page(request, form, file, title=title, about=person.name)


@require_POST
def approve(request: Request, contact_id: UUID) -> HttpResponse:
    """Approve a contact with one key."""
    at = timezone.now()
    contact = services.approve_contact(contact_id, by=request.actor, at=at)
    messages.success(request, _("Contact approved."))
    return _back(request, contact.prisoner_id)


@FORM
def end(request: Request, contact_id: UUID, how: str) -> HttpResponse:
    """Refuse or end a contact, with a reason."""
    titles = {"refuse": _("Refuse the contact"), "end": _("End the contact")}
    if how not in titles:
        raise Http404
    contact = selectors.one_contact(contact_id, by=request.actor)
    act = services.refuse_contact if how == "refuse" else services.end_contact
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            act(contact_id, reason, by=request.actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("custody:prisoner", contact.prisoner_id)
    file = selectors.prisoner(contact.prisoner_id, by=request.actor)
    about = contact.person.name
    return _page(request, form, file, title=titles[how], about=about)


@FORM
def permit(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Enter a permit, once the person is chosen."""
    file = selectors.prisoner(prisoner_id, by=request.actor)
    title = _("Enter a permit")
    chosen = choosing.key(request, "person")
    if chosen is None:
        return choosing.person(request, title=title, strip=pagedata.strip(file))
    person = persons.person(chosen, by=request.actor)
    form = forms.Permit(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = form.draft(prisoner_id=file.pk, person_id=person.pk)
        try:
            services.permit(draft, by=request.actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Permit entered."))
            return redirect("custody:prisoner", file.pk)
    return _page(request, form, file, title=title, about=person.name)


@FORM
def revoke(request: Request, prisoner_id: UUID, permit_id: UUID) -> HttpResponse:
    """Revoke a permit, with a reason."""
    file = selectors.prisoner(prisoner_id, by=request.actor)
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        at = timezone.now()
        services.revoke_permit(permit_id, reason, by=request.actor, at=at)
        messages.success(request, _("Permit revoked."))
        return redirect("custody:prisoner", file.pk)
    return _page(request, form, file, title=_("Revoke the permit"))


@FORM
def keep_apart(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Keep two prisoners apart, once the other is chosen."""
    file = selectors.prisoner(prisoner_id, by=request.actor)
    title = _("Keep apart from another prisoner")
    chosen = choosing.key(request, "prisoner")
    if chosen is None:
        return choosing.prisoner(request, title=title, strip=pagedata.strip(file))
    other = selectors.prisoner(chosen, by=request.actor)
    form = forms.KeepApart(request.POST or None)
    if request.method == "POST" and form.is_valid():
        level, reason = form.cleaned_data["level"], form.cleaned_data["reason"]
        actor, at = request.actor, timezone.now()
        try:
            services.keep_apart(file.pk, other.pk, level, reason, by=actor, at=at)
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("custody:prisoner", file.pk)
    return _page(request, form, file, title=title, about=str(other))


@require_POST
def end_keep_apart(request: Request, prisoner_id: UUID, pair_id: UUID) -> HttpResponse:
    """End the keeping apart of a pair."""
    services.end_keep_apart(pair_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Noted."))
    return redirect("custody:prisoner", prisoner_id)


def _back(request: Request, prisoner_id: UUID) -> HttpResponse:
    if request.POST.get("back") == "waiting":
        return redirect("custody:waiting")
    return redirect("custody:prisoner", prisoner_id)


def _page(
    request: Request, form: Form, file: Prisoner, *, title: str, about: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "about": about, "prisoner": file}
    context["strip"] = pagedata.strip(file)
    status = 422 if form.is_bound else 200
    return render(request, "custody/step.html", context, status=status)
