"""Home, help and notices; the language switch; the health check."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts import services as accounts
from darbaza.kernel.errors import Invalid
from darbaza.pages.requests import Request, way_on
from darbaza.web import offers


@require_GET
def home(request: Request) -> HttpResponse:
    """Show the next steps of this actor, and the figures that matter to them."""
    steps = offers.steps(request.actor, at=timezone.now())
    context = {"steps": steps, "figures": offers.figures(request.actor, timezone.now())}
    return render(request, "web/home.html", context)


@require_GET
def about(request: Request) -> HttpResponse:
    """Say what this product is, its version and licence."""
    return render(request, "web/about.html")


@require_GET
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the privacy notice of visitors, in one language or all, for printing."""
    codes = [code for code, _name in settings.LANGUAGES]
    chosen = [c for c in codes if c == request.GET.get("language")] or codes
    return render(request, "web/privacy.html", {"notices": chosen})


@require_GET
def keys(request: Request) -> HttpResponse:
    """List the keys of every page."""
    return render(request, "web/keys.html", {"groups": offers.keys()})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages; somebody signed in keeps it.

    Raises:
        Invalid: There is no such language.
    """
    code = request.POST.get("language", "")
    if not translation.check_for_language(code) or code not in dict(settings.LANGUAGES):
        raise Invalid("language_unknown", field="language")
    if request.user.is_authenticated:
        accounts.choose_language(
            code,
            by=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
        )
    response = redirect(way_on(request) or "/")
    # For this session of the browser only: the next person may read another.
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the server and its database answer; nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
