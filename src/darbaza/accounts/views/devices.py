"""Devices and the tokens with which they speak to the API."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.accounts import forms, selectors, services, texts
from darbaza.accounts.permissions import Role
from darbaza.accounts.types import DeviceDraft
from darbaza.kernel.errors import Conflict
from darbaza.pages.requests import Request


@require_http_methods(["GET", "POST"])
@never_cache
def devices(request: Request) -> HttpResponse:
    """List the devices here; give one a token and show it, once."""
    rows = selectors.tokens(by=request.actor)
    form = forms.Device(request.POST or None)
    secret = ""
    if form.is_valid():
        data = form.cleaned_data
        draft = DeviceDraft(
            data["request_id"],
            data["name"],
            Role(data["role"]),
            timedelta(days=data["days"]),
        )
        try:
            made = services.issue_token(draft, by=request.actor, at=timezone.now())
        except Conflict as error:
            form.refuse(error)
        else:
            secret, form = made.secret, forms.Device()
    shown = [{"row": row, "role": texts.role(row.role)} for row in rows]
    context = {"devices": shown, "form": form, "secret": secret, "now": timezone.now()}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/devices.html", context, status=status)


@require_POST
def revoke(request: Request, token_id: UUID) -> HttpResponse:
    """Close a device's way in."""
    services.revoke_token(token_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The token no longer opens anything."))
    return redirect("accounts:devices")
