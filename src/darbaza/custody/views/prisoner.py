"""One prisoner's page, and a new file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.audit import selectors as record
from darbaza.custody import forms, pagedata, selectors, services
from darbaza.custody.models import Restriction
from darbaza.custody.types import PANELS, Admission
from darbaza.custody.views import choosing
from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages.requests import Request
from darbaza.persons import selectors as persons

HISTORY = 50


@require_GET
def prisoner(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Show a file: who, where, under what; contacts, restrictions, steps."""
    actor, today = request.actor, timezone.localdate()
    file = selectors.prisoner(prisoner_id, by=actor)
    services.note_reading(file.pk, by=actor, at=timezone.now())
    restrictions: list[Restriction] = []
    if actor.may(Permission.RESTRICTION_SEE):
        restrictions = list(selectors.restrictions(by=actor, prisoner_id=file.pk))
    of_all = [r for r in restrictions if r.person_id is None and r.holds_on(today)]
    separated = selectors.separated_on(file.pk, today, by=actor)
    here = file.institution_id == actor.institution_id
    context = {
        "prisoner": file,
        "today": today,
        "strip": pagedata.strip(file, separated, of_all),
        "contacts": selectors.contacts(by=actor, prisoner_id=file.pk),
        "restrictions": restrictions,
        "separations": selectors.separations(file.pk, by=actor),
        "pairs": selectors.kept_apart(file.pk, by=actor),
        "permits": selectors.permits(file.pk, by=actor),
        "changes": selectors.changes(file.pk, by=actor),
        "history": pagedata.entries(
            record.history(file.pk, institutions=actor.sees)[:HISTORY]
        ),
        "panels": _panels(file.pk, request),
        "may": _may(request, here=here),
        "held": file.status == file.Status.HELD,
    }
    return render(request, "custody/prisoner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: Request) -> HttpResponse:
    """Open a file on an order, once the person is chosen."""
    chosen = choosing.key(request, "person")
    if chosen is None:
        return choosing.person(request, title=_("Admit a prisoner"))
    actor = request.actor
    person = persons.person(chosen, by=actor)
    form = forms.Admission(request.POST or None)
    choosing.cells(form, actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        draft = Admission(
            person_id=person.pk,
            number=data["number"],
            legal_status=data["legal_status"],
            regime=data["regime"],
            conditions=data["conditions"],
            term_ends_on=data["term_ends_on"],
            cell_id=UUID(data["cell"]) if data["cell"] else None,
            identity_confirmed=data["identity_confirmed"],
            demanded_by=data["demanded_by"],
        )
        try:
            file = services.admit(draft, form.order(), by=actor, at=timezone.now())
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Admitted."))
            return redirect("custody:prisoner", file.pk)
    context = {"form": form, "title": _("Admit a prisoner"), "about": person.name}
    status = 422 if form.is_bound else 200
    return render(request, "custody/step.html", context, status=status)


def _panels(prisoner_id: UUID, request: Request) -> list[tuple[str, dict[str, object]]]:
    """Return (template, context) of every room that has something to say."""
    shown = []
    for panel in sorted(PANELS.values(), key=lambda p: p.order):
        context = panel.load(prisoner_id, request.actor)
        if context is not None:
            shown.append((panel.template, dict(context)))
    return shown


def _may(request: Request, *, here: bool) -> dict[str, bool]:
    """Return which buttons this actor gets; only where the prisoner is held."""
    wanted = {
        "manage": Permission.PRISONER_MANAGE,
        "propose": Permission.CONTACT_PROPOSE,
        "approve": Permission.CONTACT_APPROVE,
        "restrict": Permission.RESTRICTION_MANAGE,
        "register": Permission.VISIT_REGISTER,
    }
    return {name: here and request.actor.may(p) for name, p in wanted.items()}
