"""The ledger of one prisoner: like an account, with a balance after every line."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.custody import selectors as custody
from darbaza.entitlements import forms, pagedata, selectors, services, tables
from darbaza.entitlements.models import Quota
from darbaza.kernel.errors import Invalid
from darbaza.pages import exports
from darbaza.pages.requests import Request


@require_GET
def ledger(request: Request, prisoner_id: UUID) -> HttpResponseBase:
    """Show balances and lines; ``format`` answers with a file."""
    prisoner = custody.prisoner(prisoner_id, by=request.actor)
    rows = pagedata.postings(selectors.entries(prisoner_id, by=request.actor))
    if request.GET.get("format") in {"csv", "xlsx"}:
        lines = tables.LEDGER.lines(rows)
        name = f"ledger-{prisoner.number}"
        return exports.respond(lines, kind=request.GET["format"], name=name)
    today = timezone.localdate()
    figures = selectors.balances(prisoner_id, today, by=request.actor)
    here = prisoner.institution_id == request.actor.institution_id
    context = {
        "prisoner": prisoner,
        "table": tables.LEDGER.view(rows, request.GET),
        "balances": [(Quota.Kind(kind).label, b) for kind, b in figures.items()],
        "may_correct": here and request.actor.may(Permission.ALLOWANCE_CORRECT),
        "today": today,
    }
    return render(request, "entitlements/ledger.html", context)


@require_http_methods(["GET", "POST"])
def post(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Add an extra visit or a correction to a ledger."""
    prisoner = custody.prisoner(prisoner_id, by=request.actor)
    form = forms.Posting(
        request.POST or None, initial={"on": timezone.localdate(), "amount": 1}
    )
    if form.is_valid():
        data = dict(form.cleaned_data)
        extra = data.pop("what") == "extra"
        service = services.add_extra if extra else services.correct
        try:
            service(prisoner_id, **data, by=request.actor, at=timezone.now())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("The line stands in the ledger."))
            return redirect("entitlements:ledger", prisoner_id)
    context = {"form": form, "prisoner": prisoner}
    status = 422 if form.is_bound else 200
    return render(request, "entitlements/posting.html", context, status=status)
