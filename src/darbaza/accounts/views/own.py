"""Pages about oneself: sessions, the institution one acts at."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts import events, places, selectors, services, texts
from darbaza.accounts.middleware import INSTITUTION
from darbaza.kernel.errors import NotFound
from darbaza.pages.requests import Request


@require_GET
def me(request: Request) -> HttpResponse:
    """Show who one is here: roles, second factor, sessions."""
    known = places.places()
    held = [
        {
            "name": known[place].name(places.language()) if place in known else place,
            "roles": [texts.role(role) for role in sorted(roles)],
            "id": place,
            "here": place == request.actor.institution_id,
        }
        for place, roles in request.standing.held.items()
    ]
    context = {
        "held": held,
        "second_factor": selectors.second_factor_on(request.actor.id),
        "second_factor_required": request.standing.needs_second_factor,
    }
    return render(request, "accounts/me.html", context)


@require_http_methods(["GET", "POST"])
def sessions(request: Request) -> HttpResponse:
    """List one's own open sessions; end one of them."""
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        if wanted.isascii() and wanted.isdigit():
            services.end_own_session(int(wanted), by=request.actor, at=timezone.now())
            messages.success(request, _("The session has ended."))
        return redirect("usersessions_list")
    context = {"sessions": selectors.own_sessions(by=request.actor)}
    return render(request, "accounts/own_sessions.html", context)


@require_POST
def institution(request: Request) -> HttpResponse:
    """Act at another institution where one serves."""
    try:
        wanted = UUID(request.POST.get("institution", ""))
    except ValueError as error:
        raise NotFound(kind="institution") from error
    if wanted not in request.standing.held:
        raise NotFound(kind="institution")
    request.session[INSTITUTION] = str(wanted)
    services.note_sign_in(
        events.INSTITUTION_CHOSEN,
        by=request.actor,
        at=timezone.now(),
        institution=str(wanted),
    )
    return redirect("web:home")
