"""Kiosk and public display: browsers without a user, bound by a secret of their own."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import cache, wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor, system
from darbaza.gate import selectors, services, sheets, slips
from darbaza.gate.forms import queue as forms
from darbaza.gate.models import Screen, Ticket
from darbaza.gate.selectors.queue import Shown
from darbaza.gate.services.tickets import Wanted
from darbaza.gate.views.slips import address, print_slip
from darbaza.kernel.errors import Forbidden, Invalid, NotFound
from darbaza.kernel.kept import Kept
from darbaza.kernel.tries import Tries
from darbaza.pages import grounds, papers
from darbaza.pages.forms import Once
from darbaza.sites import selectors as sites

COOKIE = "darbaza_screen"
A_YEAR = 366 * 24 * 3600
BIND_TRIES = Tries(most=10, within=timedelta(minutes=15))
CODE_TRIES = Tries(most=20, within=timedelta(minutes=15))
TAKEN = Tries(most=20, within=timedelta(minutes=1))
"""Numbers from one kiosk: nobody empties the roll of paper for fun."""
AGAIN = timedelta(minutes=1)
"""Who sees a number so long after it was taken has asked for it once more."""
RETRY_MS = 2000
"""A display asks again after so long; each answer is an event stream that ends."""
View = Callable[..., HttpResponse]


def of_screen(view: View) -> View:
    """Give a view its actor: the screen of this browser, else whoever is signed in."""

    @login_not_required
    @never_cache
    @wraps(view)
    def bound(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = selectors.screen_actor(request.COOKIES.get(COOKIE, ""))
        if actor is None:
            actor = request.actor  # type: ignore[attr-defined] # by middleware
        if not actor.may(Permission.QUEUE_SHOW):
            if request.method == "GET":
                return redirect("gate:screen")
            raise Forbidden(permission=Permission.QUEUE_SHOW.value)
        return view(request, actor, *args, **kwargs)

    return bound


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest) -> HttpResponse:
    """Make this browser a kiosk or a display by the code that the set-up page gave."""
    form, now = forms.Secret(request.POST or None), timezone.now()
    who = str(get_client_ip_address(request))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "gate/queue/bind.html", {"form": form}, status=status)
    if BIND_TRIES.full(who, at=now):
        context = {"form": forms.Secret(), "too_often": True}
        return render(request, "gate/queue/bind.html", context, status=429)
    secret = form.cleaned_data["secret"]
    actor = selectors.screen_actor(secret)
    if actor is None:
        BIND_TRIES.note(who, at=now)
        context = {"form": forms.Secret(), "unknown": True}
        return render(request, "gate/queue/bind.html", context, status=422)
    kiosk = actor.device == Screen.Kind.KIOSK
    answer = redirect("gate:kiosk" if kiosk else "gate:display")
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=A_YEAR,
        samesite="Strict",
        httponly=True,
        secure=request.is_secure(),
    )
    return answer


@of_screen
@require_GET
def kiosk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Offer the lanes, large, in the language that was touched."""
    return _kiosk(request, actor)


def _kiosk(
    request: HttpRequest, actor: Actor, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    language = _language(request)
    with translation.override(language):
        context = {
            "lanes": [(row, Once()) for row in selectors.lanes(by=actor)],
            "form": forms.Appointment(),
            "trouble": trouble,
            "chosen": language,
            "institution_name": str(_house(actor)),
        }
        return render(request, "gate/queue/kiosk.html", context, status=status)


@of_screen
@require_POST
def take(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give a number of a lane; the same touch twice is one number."""
    form = forms.Take(request.POST)
    if not form.is_valid():
        raise NotFound("lane")
    if _too_fast(actor):
        return _kiosk(request, actor, trouble="too_fast", status=429)
    source = "kiosk" if actor.device else "officer"
    wanted = Wanted(form.cleaned_data["lane"], source, _language(request))
    row = services.take_ticket(
        wanted,
        request_id=form.cleaned_data["request_id"],
        by=actor,
        at=timezone.now(),
    )
    return redirect("gate:kiosk_number", row.pk)


@of_screen
@require_POST
def take_appointment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the number of an appointment; wrong codes are counted."""
    now, key = timezone.now(), str(actor.id)
    form = forms.Appointment(request.POST)
    if CODE_TRIES.full(key, at=now) or _too_fast(actor):
        return _kiosk(request, actor, trouble="too_fast", status=429)
    reference = form.cleaned_data["reference"] if form.is_valid() else ""
    language = _language(request)
    try:
        row = services.take_with_appointment(
            reference, language=language, by=actor, at=now
        )
    except Invalid as error:
        CODE_TRIES.note(key, at=now)
        with translation.override(language):
            words = f"{grounds.officer(error)} {grounds.next_step(error)}"
        return _kiosk(request, actor, trouble=words, status=422)
    return redirect("gate:kiosk_number", row.pk)


def _too_fast(actor: Actor) -> bool:
    now, key = timezone.now(), str(actor.id)
    full = TAKEN.full(key, at=now)
    TAKEN.note(key, at=now)
    return full


@of_screen
@require_GET
def kiosk_number(request: HttpRequest, actor: Actor, ticket_id: UUID) -> HttpResponse:
    """Show the number large, print its slip once, and go back to the lanes."""
    row = selectors.ticket(ticket_id, by=actor)
    with translation.override(sheets.language_of(row.language)):
        context = {
            "row": row,
            "printed": _printed(request, actor, row),
            "wait": slips.wait(row),
            "before": slips.before(row),
            "again": timezone.now() - row.taken_at > AGAIN,
            "qr": papers.qr(address(request, row)),
        }
        return render(request, "gate/queue/kiosk_number.html", context)


def _printed(request: HttpRequest, actor: Actor, row: Ticket) -> bool:
    screen = selectors.screen(by=actor)
    return print_slip(request, row, screen.post_id if screen else None, by=actor)


@of_screen
@require_GET
def display(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show who is called where: numbers and windows only, in three languages."""
    shown = selectors.shown(by=actor, at=timezone.now())
    data = _plain(shown)
    context = {
        "shown": shown,
        "data": data,
        "version": _version(data),
        "retry": RETRY_MS,
        "now": timezone.localtime(),
        "institution": _house(actor),
    }
    return render(request, "gate/queue/display.html", context)


@of_screen
@require_GET
def display_events(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give what changed as a server-sent event, and end: the browser asks again.

    An open stream would hold one of the server's few threads for each display (see
    docs/adr/0011). An answer without an event still says that the server is there.
    """
    data, version = _kept(actor.institution_id)()
    text = f"retry: {RETRY_MS}\n"
    if request.headers.get("Last-Event-ID") == version:
        text += ": same\n\n"
    else:
        text += f"id: {version}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
    return HttpResponse(text, content_type="text/event-stream; charset=utf-8")


@cache
def _kept(institution_id: UUID) -> Kept[tuple[dict[str, Any], str]]:
    """Return what the displays of one institution share: read once a second for all."""

    def read() -> tuple[dict[str, Any], str]:
        by = system("display", institution_id)
        data = _plain(selectors.shown(by=by, at=timezone.now()))
        return data, _version(data)

    return Kept(read, seconds=lambda: min(1, settings.DARBAZA_RULES_KEPT_SECONDS))


def _plain(shown: Shown) -> dict[str, Any]:
    return {
        "calls": [
            {"label": c.label, "window": c.window, "times": c.calls}
            for c in shown.calls
        ],
        "next": list(shown.following),
        "waiting": shown.waiting,
    }


def _version(data: dict[str, Any]) -> str:
    return sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


def _house(actor: Actor) -> Any:
    return sites.institution(actor.institution_id, by=actor)


def _language(request: HttpRequest) -> str:
    """Return the language that was touched, else that of whoever is signed in."""
    wanted = request.POST.get("language") or request.GET.get("language", "")
    own = "" if request.COOKIES.get(COOKIE) else translation.get_language() or ""
    return sheets.language_of(wanted or own)
