"""Sendings: the list, its export, one with its three clocks, cancelling it."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict
from darbaza.pages import dates
from darbaza.pages.requests import Request
from darbaza.parcels import selectors, services, tables, words
from darbaza.parcels.chain import Where
from darbaza.parcels.delivery import Next
from darbaza.parcels.forms import delivering as forms
from darbaza.parcels.models import Bag, Sending
from darbaza.parcels.selectors import Filters
from darbaza.parcels.selectors import store as lying
from darbaza.parcels.views import correcting, files

DAY = timedelta(days=1)


@require_GET
def today(request: Request) -> HttpResponse:  # noqa: ARG001 - the address says it all
    """Lead to the sendings of today."""
    on = dates.short(timezone.localdate())
    query = urlencode({"first": on, "last": on})
    return redirect(f"{reverse('parcels:sendings')}?{query}")


@require_GET
def sendings(request: Request) -> HttpResponseBase:
    """List sendings, narrowed and searched; ``format`` answers with a file."""
    form = forms.Sendings(request.GET)
    rows = _narrowed(request, form)
    kind = request.GET.get("format", "")
    if kind:
        return files.give(request, tables.SENDINGS, rows, kind=kind, name="sendings")
    context = {
        "form": form,
        "table": tables.SENDINGS.view(rows, {**request.GET.dict(), "q": ""}),
        "narrowed": any(form.cleaned_data.values()),
        "url": reverse("parcels:sendings"),
        "export_url": files.address(request, "parcels:sendings"),
    }
    return render(request, "parcels/sendings.html", context)


def _narrowed(request: Request, form: forms.Sendings) -> QuerySet[Sending]:
    form.is_valid()
    data = form.cleaned_data
    last = data.get("last")
    filters = Filters(
        first=data.get("first"),
        last=last + DAY if last else None,
        status=data.get("status", ""),
        channel=data.get("channel", ""),
    )
    rows = selectors.sendings(filters, by=request.actor)
    query = data.get("q", "")
    return selectors.found(rows, query, by=request.actor) if query else rows


@require_GET
def sending(request: Request, sending_id: UUID) -> HttpResponse:
    """Show one sending: clocks, decisions, bags, what happens next, history."""
    by, now = request.actor, timezone.now()
    row = selectors.sending(sending_id, by=by)
    ours = row.institution_id == by.institution_id
    bags = selectors.clocked(row.pk, by=by, at=now)
    context = {
        "sending": row,
        "decision": Decision.of_facts(row.grounds),
        "overrides": row.overrides.all(),
        "bags": [_bag(bag, ours=ours, request=request) for bag in bags],
        "pictures": selectors.signatures(row.pk, by=by),
        "history": [words.entry(event) for event in selectors.history(row, by=by)],
        "corrections": selectors.corrections(row.pk, by=by),
        "may_correct": correcting.may_correct(request, row),
        "may_print": ours and by.may(Permission.PARCEL_REGISTER),
        "may_cancel": ours
        and by.may(Permission.PARCEL_REGISTER)
        and row.status != Sending.Status.CANCELLED
        and all(bag.where == Where.COUNTER for bag in bags),
    }
    return render(request, "parcels/sending.html", context)


def _bag(bag: Bag, *, ours: bool, request: Request) -> dict[str, object]:
    """Return a bag with its lines, and the steps that may be offered for it."""
    what = lying.next_of(bag)
    may = ours and request.actor.may(Permission.PARCEL_DELIVER)
    returnable = bag.where in {Where.COUNTER, Where.INSPECTION, Where.STORE}
    return {
        "bag": bag,
        "lines": [(li, Decision.of_facts(li.grounds)) for li in bag.lines.all()],
        "next": words.NEXT[what],
        "alarm": tables.alarm_of(bag),
        "alarm_words": words.ALARM.get(tables.alarm_of(bag), ""),
        "due": tables.due(bag) if not bag.ended else None,
        "may_deliver": may and what is Next.HAND_OVER,
        "may_send_on": may and what is Next.SEND_ON,
        "may_give_back": may and returnable and bag.part != Bag.Part.KEPT,
    }


@require_http_methods(["GET", "POST"])
def cancel(request: Request, sending_id: UUID) -> HttpResponse:
    """Cancel what was entered in error, with the reason."""
    row = selectors.sending(sending_id, by=request.actor)
    form = forms.Cancelled(request.POST or None)
    if form.is_valid():
        try:
            services.cancel(
                row.pk,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=timezone.now(),
            )
        except Conflict as error:
            form.refuse(error)
        else:
            messages.success(request, _("Cancelled; the allowance is given back."))
            return redirect("parcels:sending", row.pk)
    context = {
        "form": form,
        "sending": row,
        "title": _("Entered in error: cancel"),
        "hint": _("Everything goes back to the sender, and nothing is counted."),
    }
    status = 422 if form.is_bound else 200
    return render(request, "parcels/step.html", context, status=status)


@require_GET
def picture(request: Request, picture_id: UUID) -> HttpResponse:
    """Give a signature or a signed paper as a picture."""
    row = selectors.signature(picture_id, by=request.actor)
    kind = "image/png" if row.kind == "signature" else "image/jpeg"
    answer = HttpResponse(bytes(row.image), content_type=kind)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
