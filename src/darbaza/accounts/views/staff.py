"""The staff session: open it with a reason, end it early."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.accounts import forms, services
from darbaza.accounts.permissions import Permission
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages.requests import Request


@require_http_methods(["GET", "POST"])
def staff_session(request: Request) -> HttpResponse:
    """Ask why and for how long, then open it."""
    if not request.actor.may(Permission.STAFF_SESSION):
        raise Forbidden(permission=Permission.STAFF_SESSION.value)
    form = forms.Staff(request.POST or None)
    if form.is_valid():
        reason, minutes = form.cleaned_data["reason"], form.cleaned_data["minutes"]
        try:
            services.open_staff_session(
                reason, minutes=minutes, by=request.actor, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return redirect("web:home")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/staff_session.html", {"form": form}, status=status)


@require_POST
def end(request: Request) -> HttpResponse:
    """End it now."""
    services.end_staff_session(by=request.actor, at=timezone.now())
    return redirect("web:home")
