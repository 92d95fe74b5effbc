"""Money at the window: nothing is taken; the family learns where to pay."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.gate import forms, receipts, services
from darbaza.gate.views import desk_shown
from darbaza.gate.views.papers import pdf
from darbaza.kernel.errors import Forbidden
from darbaza.pages.forms import Once
from darbaza.pages.papers import framed
from darbaza.pages.requests import Request


@require_http_methods(["GET", "POST"])
def money(request: Request) -> HttpResponse:
    """Say where money is paid; record that somebody brought some."""
    _must_sit_at_the_desk(request)
    form = Once(request.POST or None)
    if form.is_valid():
        services.note_money(
            request_id=form.cleaned_data["request_id"],
            by=request.actor,
            at=timezone.now(),
        )
        messages.success(request, _("It is on record that nothing was taken."))
        return redirect("gate:desk")
    languages = [
        (code, word, receipts.money(code, "a5", by=request.actor))
        for code, word in forms.LANGUAGES
    ]
    context = {
        "form": form,
        "languages": languages,
        "size": desk_shown.size(request),
    }
    return render(request, "gate/money.html", context)


@require_GET
@framed
@xframe_options_sameorigin
def money_print(request: Request, language: str) -> HttpResponse:
    """Show where money is paid as a page that prints itself anywhere."""
    _must_sit_at_the_desk(request)
    paper = receipts.money(language, request.GET.get("size", ""), by=request.actor)
    with translation.override(paper["language"]):
        return render(request, "gate/papers/money.html", {"paper": paper})


@require_GET
def money_pdf(request: Request, language: str) -> HttpResponse:
    """Give the same as PDF."""
    _must_sit_at_the_desk(request)
    paper = receipts.money(language, request.GET.get("size", ""), by=request.actor)
    return pdf("money", paper, "money")


def _must_sit_at_the_desk(request: Request) -> None:
    if not request.actor.may(Permission.GATE_DESK):
        raise Forbidden(permission=Permission.GATE_DESK.value)
