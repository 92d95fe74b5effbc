"""Restrictions: the list, a new one with whom it hits, lifting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.custody import forms, selectors, services
from darbaza.custody.models import Restriction
from darbaza.custody.views import choosing
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table
from darbaza.persons import selectors as persons

TABLE: Table[Restriction] = Table(
    columns=(
        Column(
            "person",
            gettext_lazy("Visitor"),
            value=lambda r: r.person.name if r.person else gettext_lazy("everybody"),
            order="person__surname",
            template="custody/_restricted_person.html",
        ),
        Column(
            "prisoner",
            gettext_lazy("Prisoner"),
            value=lambda r: r.prisoner or gettext_lazy("every prison"),
            order="prisoner__number",
        ),
        Column(
            "kind",
            gettext_lazy("What"),
            value=lambda r: r.get_kind_display(),
            order="kind",
        ),
        Column(
            "ground",
            gettext_lazy("Ground"),
            value=lambda r: r.get_ground_display(),
            order="ground",
        ),
        Column(
            "starts_on",
            gettext_lazy("From"),
            value=lambda r: r.starts_on,
            order="starts_on",
        ),
        Column(
            "last_on",
            gettext_lazy("Last day"),
            value=lambda r: r.last_on,
            order="ends_on",
        ),
        Column(
            "order",
            gettext_lazy("Order"),
            value=lambda r: f"{r.authority}, {r.order_number}",
        ),
        Column(
            "lift",
            gettext_lazy("State"),
            value=lambda r: r.lifted_at,
            template="custody/_restriction_state.html",
        ),
    ),
    order="-starts_on",
)
FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def restrictions(request: Request) -> HttpResponse:
    """List restrictions with their last day; lifted and ended ones on request."""
    everything = request.GET.get("all") == "1"
    rows = selectors.restrictions(by=request.actor)
    if not everything:
        today = timezone.localdate()
        rows = selectors.restrictions_in_force(today, by=request.actor)
    context = {
        "table": TABLE.view(rows, request.GET),
        "everything": everything,
        "may_manage": request.actor.may(Permission.RESTRICTION_MANAGE),
    }
    return render(request, "custody/restrictions.html", context)


@FORM
def restrict(request: Request) -> HttpResponse:
    """Enter a restriction; the page shows first whom it will hit."""
    actor = request.actor
    person_id = choosing.key(request, "person")
    prisoner_id = choosing.key(request, "prisoner")
    title = _("New restriction")
    if person_id is None and prisoner_id is None:
        return choosing.either(request, title=title)
    whom = {"person_id": person_id, "prisoner_id": prisoner_id}
    form = forms.Restriction(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.restrict(form.draft(**whom), by=actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Restriction entered."))
            if prisoner_id:
                return redirect("custody:prisoner", prisoner_id)
            return redirect("custody:restrictions")
    context = {
        "title": title,
        "form": form,
        "person": persons.person(person_id, by=actor) if person_id else None,
        "prisoner": selectors.prisoner(prisoner_id, by=actor) if prisoner_id else None,
        "reach": selectors.reach(person_id, prisoner_id, by=actor),
    }
    status = 422 if form.is_bound else 200
    return render(request, "custody/restrict.html", context, status=status)


@FORM
def lift(request: Request, restriction_id: UUID) -> HttpResponse:
    """Lift a restriction before its end, with a reason."""
    row = selectors.restriction(restriction_id, by=request.actor)
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        services.lift_restriction(row.pk, reason, by=request.actor, at=timezone.now())
        messages.success(request, _("Restriction lifted."))
        return redirect("custody:restrictions")
    about = f"{row.person or row.prisoner}: {row.get_kind_display()}"
    context = {"form": form, "title": _("Lift the restriction"), "about": about}
    status = 422 if form.is_bound else 200
    return render(request, "custody/step.html", context, status=status)
