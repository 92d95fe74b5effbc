"""Who waits for a free time: the list, and taking a family off it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.appointments import forms, selectors, services, tables
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages.requests import Request


@require_GET
def waiting(request: Request) -> HttpResponse:
    """List who waits, longest first, or as it is searched and sorted."""
    by = request.actor
    context = {
        "table": tables.WAITING.view(selectors.waiting(by=by), request.GET),
        "may_serve": by.may(Permission.APPOINTMENT_SERVE),
    }
    return render(request, "appointments/waiting.html", context)


@require_http_methods(["GET", "POST"])
def take_off(request: Request, waiting_id: UUID) -> HttpResponse:
    """Take a family off the list, with a reason for the record."""
    by = request.actor
    if not by.may(Permission.APPOINTMENT_SERVE):
        raise Forbidden(permission=Permission.APPOINTMENT_SERVE.value)
    row = selectors.waiting(by=by).filter(pk=waiting_id).first()
    if row is None:
        raise NotFound
    form = forms.TakeOff(request.POST or None)
    if form.is_valid():
        try:
            services.take_off(
                row.pk, reason=form.cleaned_data["reason"], by=by, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The family is off the waiting list."))
            return redirect("appointments:waiting")
    status = 422 if form.is_bound else 200
    context = {"row": row, "form": form}
    return render(request, "appointments/take_off.html", context, status=status)
