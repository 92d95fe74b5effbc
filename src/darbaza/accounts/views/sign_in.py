"""Sign-in's own pages that the library does not bring."""

from datetime import timedelta
from typing import Any

from allauth.account import views as account
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.accounts import forms, services
from darbaza.accounts.sign_in import LOCKED, SEEN, typed_name
from darbaza.pages.requests import Request, way_on


@login_not_required
def gone(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer for pages of the library that this product does not have.

    Raises:
        Http404: Always.
    """
    raise Http404


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; the next person at this computer gets their own language again."""
    response: HttpResponse = account.logout(request)
    if request.method == "POST":
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


def locked_out(request: HttpRequest, *args: Any, **_rest: Any) -> HttpResponse:
    """Say that there were too many wrong passwords and when to try again."""
    credentials = next((a for a in args if isinstance(a, dict)), None)
    context = {"free_at": _free_at(request, typed_name(request, credentials))}
    return render(request, "accounts/locked_out.html", context, status=429)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def lock(request: Request) -> HttpResponse:
    """Show who left this computer, and open it again with their password."""
    if request.method == "POST" and "password" not in request.POST:
        return _lock_now(request)
    if not request.session.get(LOCKED):
        return redirect(way_on(request) or settings.LOGIN_REDIRECT_URL)
    form = forms.Again(request.POST or None)
    if form.is_valid() and _knows_password(request, form):
        request.session.pop(LOCKED)
        request.session[SEEN] = timezone.now().timestamp()
        services.enter_again(by=request.actor, at=timezone.now())
        return redirect(way_on(request) or settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "next": way_on(request)}
    return render(request, "accounts/lock.html", context)


@require_POST
def here(request: Request) -> HttpResponse:  # noqa: ARG001
    """Take note that somebody is typing; the gatekeeper did so already."""
    return HttpResponse(status=204)


def _lock_now(request: Request) -> HttpResponse:
    if not request.session.get(LOCKED):
        request.session[LOCKED] = True
        services.lock_screen(by=request.actor, at=timezone.now(), chosen=True)
    return redirect("accounts:lock")


def _knows_password(request: Request, form: forms.Again) -> bool:
    name = request.user.get_username()
    given = form.cleaned_data["password"]
    user = authenticate(request, username=name, password=given)
    if user is None or user.pk != request.user.pk:
        form.wrong()
        return False
    AxesProxyHandler.reset_attempts(username=typed_name(None, {"username": name}))
    return True


def _free_at(request: HttpRequest, username: str) -> object:
    rows = AccessAttempt.objects.filter(
        username=username, ip_address=get_client_ip_address(request)
    )
    last = rows.order_by("-attempt_time").first()
    began = last.attempt_time if last else timezone.now()
    return began + timedelta(hours=settings.AXES_COOLOFF_TIME)
