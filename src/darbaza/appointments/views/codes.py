"""Codes of a prisoner's contacts: given, shown once, revoked; booking for a family."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.appointments import forms, selectors, services
from darbaza.appointments.types import Kind
from darbaza.appointments.views import days
from darbaza.custody import selectors as custody
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Invalid, NotFound
from darbaza.pages.requests import Request

DAY = timedelta(days=1)
SOON = timedelta(days=2)
SHOWN = "code_to_show"


@require_GET
def codes(request: Request, prisoner_id: UUID) -> HttpResponse:
    """List the approved contacts of a prisoner and the codes they have."""
    by, today = request.actor, timezone.localdate()
    given = {
        row.person_id: row
        for row in selectors.accesses(prisoner_id=prisoner_id, on=today, by=by)
    }
    contacts = custody.contacts(prisoner_id=prisoner_id, by=by)
    context = {
        "prisoner": custody.prisoner(prisoner_id, by=by),
        "contacts": [
            (c, given.get(c.person_id)) for c in contacts if c.status == "approved"
        ],
    }
    return render(request, "appointments/codes.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def give(request: Request, prisoner_id: UUID, person_id: UUID) -> HttpResponse:
    """Make a code and show it once, as a slip to print in the family's language."""
    by = request.actor
    known = custody.contact(prisoner_id, person_id, by=by)
    if known is None:
        raise NotFound
    start = {"channel": "entrance", "language": known.person.language or "ky"}
    form = forms.GiveCode(request.POST or None, initial=start)
    context = {"contact": known, "form": form}
    if form.is_valid():
        try:
            given = services.give_code(
                prisoner_id, person_id, form.contact(),
                channel=form.cleaned_data["channel"], by=by, at=timezone.now(),
            )  # fmt: skip
        except Conflict as error:
            form.refuse(error)
        else:
            request.session[SHOWN] = [str(given.access_id), given.code]
            return redirect("appointments:given", given.access_id)
    status = 422 if form.is_bound else 200
    return render(request, "appointments/give.html", context, status=status)


@never_cache
@require_GET
def given(request: Request, access_id: UUID) -> HttpResponse:
    """Show a code just made, this once: loading the page again makes no other."""
    row = selectors.access_of(access_id, by=request.actor)
    key, code = request.session.pop(SHOWN, ["", ""])
    if key != str(row.pk):
        messages.warning(request, _("A code is shown only once. Give a new one."))
        return redirect("appointments:codes", row.prisoner_id)
    with translation.override(row.language):
        paper = {
            "access": row,
            "code": ids.spoken(code),
            "address": request.build_absolute_uri("/family/"),
        }
        slip = render(request, "appointments/_slip.html", paper).content.decode()
    context = {"access": row, "slip": slip}
    return render(request, "appointments/given.html", context)


@require_POST
def revoke(request: Request, access_id: UUID) -> HttpResponse:
    """End a code at once."""
    row = services.revoke_code(access_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The code is ended. Appointments made with it stay."))
    return redirect("appointments:codes", row.prisoner_id)


@require_http_methods(["GET", "POST"])
def book(request: Request, access_id: UUID) -> HttpResponse:
    """Book a time for a family that calls or stands at the window."""
    now, by = timezone.now(), request.actor
    row = selectors.access_of(access_id, by=by)
    asked = forms.Day(
        {
            "kind": request.GET.get("kind", "visit"),
            "on": request.GET.get("on") or f"{timezone.localdate(now) + SOON:%d.%m.%Y}",
        }
    )
    found = []
    if asked.is_valid():
        kind, on = Kind(asked.cleaned_data["kind"]), asked.cleaned_data["on"]
        found = services.offers_for(row.pk, kind, on, by=by, at=now)
    form = forms.Choose(request.POST or None, slots=days.choices(found))
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = services.book_for(
                row.pk, data["slot"], form.wish(),
                request_id=data["request_id"], by=by, at=now,
            )  # fmt: skip
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Booked: %(code)s") % {"code": made.reference})
            return redirect("appointments:appointment", made.pk)
    context = {"access": row, "asked": asked, "form": form, "found": found}
    status = 422 if form.is_bound else 200
    return render(request, "appointments/book.html", context, status=status)
