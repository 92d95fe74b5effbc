"""The family's own pages: without signing in, without a script, one question a page.

A code opens them for half an hour. Whatever is wrong with a code, the answer is the
same; what somebody without one asks is kept and never looked up.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.types import system
from darbaza.appointments.forms import family as forms
from darbaza.appointments.models import Access
from darbaza.appointments.services import family
from darbaza.appointments.types import Words
from darbaza.kernel.tries import Tries
from darbaza.sites import selectors as sites

HALF_HOUR = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)
CODES = Tries(most=10, within=QUARTER)
"""Wrong codes from one address; a family mistypes twice, not ten times."""
ASKS = Tries(most=5, within=timedelta(hours=1))
SESSION = "family"
ANYBODY = system("family")
"""Which prisons there are, everybody may know."""
View = Callable[..., HttpResponse]


@login_not_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Show the ways: book, look at a number, what may be brought, where a parcel is."""
    return render(request, "appointments/family/start.html", {"open": _key(request)})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; wrong in whatever way, it is the same answer."""
    now, who = timezone.now(), str(get_client_ip_address(request))
    form = forms.Code(request.POST or None)
    page = "appointments/family/code.html"
    if request.method == "GET":
        return render(request, page, {"form": form})
    if CODES.full(who, at=now):
        return render(request, page, {"form": forms.Code(), "often": True}, status=429)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    found = family.access(typed, at=now)
    if found is None:
        CODES.note(who, at=now)
        return render(request, page, {"form": forms.Code(), "wrong": True}, status=422)
    request.session.cycle_key()
    request.session[SESSION] = {
        "access": str(found.pk), "until": (now + HALF_HOUR).timestamp(),
    }  # fmt: skip
    return redirect("family:mine")


@login_not_required
@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Close what the code opened: others may use the same telephone."""
    request.session.pop(SESSION, None)
    return redirect("family:start")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Keep what somebody without a code writes; nothing is looked up."""
    now, who = timezone.now(), str(get_client_ip_address(request))
    prisons = [(str(row.pk), row.name) for row in sites.prisons(by=ANYBODY)]
    form = forms.Ask(request.POST or None, prisons=prisons)
    page = "appointments/family/ask.html"
    if request.method == "POST" and ASKS.full(who, at=now):
        return render(request, page, {"often": True}, status=429)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, page, {"form": form}, status=status)
    data = form.cleaned_data
    language = (translation.get_language() or "ky")[:2]
    words = Words(data["name"], data["phone"], data["about"], language)
    family.ask(words, institution_id=UUID(data["prison"]), at=now)
    ASKS.note(who, at=now)
    return render(request, page, {"kept": True})


def with_code(view: View) -> View:
    """Let a family in whose code is open; everybody else is asked for it."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        now, key = timezone.now(), _key(request)
        access = family.again(key, at=now) if key else None
        if access is None:
            return redirect("family:code")
        answer: HttpResponse = view(request, access, *args, **kwargs)
        return answer

    return guarded


def _key(request: HttpRequest) -> UUID | None:
    kept = request.session.get(SESSION)
    if not kept or kept["until"] < timezone.now().timestamp():
        return None
    return UUID(kept["access"])


@require_GET
@with_code
def mine(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what is booked, what is offered, and what can be done next."""
    now = timezone.now()
    context = {
        "access": access,
        "rows": family.appointments(access, at=now),
        "waiting": family.waiting(access),
        "now": now,
    }
    return render(request, "appointments/family/mine.html", context)
