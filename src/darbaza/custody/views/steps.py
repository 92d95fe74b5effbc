"""Every step of a file: one page, one form, one service each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.custody import forms, pagedata, selectors, services
from darbaza.custody.models import Prisoner
from darbaza.custody.views import choosing
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages.requests import Request
from darbaza.sites import selectors as sites

Act = Callable[[UUID, Any, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A step's page: its words, its form, and the one call it makes."""

    title: Promise
    form: type[Any]
    act: Act


def _transfer(key: UUID, form: forms.Transfer, who: dict[str, Any]) -> Any:
    there = UUID(form.cleaned_data["institution"])
    return services.transfer(key, there, form.order(), **who)


def _regime(key: UUID, form: forms.Regime, who: dict[str, Any]) -> Any:
    regime = form.cleaned_data["regime"]
    return services.change_regime(key, regime, form.order(), **who)


def _conditions(key: UUID, form: forms.Conditions, who: dict[str, Any]) -> Any:
    conditions = form.cleaned_data["conditions"]
    return services.change_conditions(key, conditions, form.order(), **who)


def _legal_status(key: UUID, form: forms.LegalStatus, who: dict[str, Any]) -> Any:
    data = form.cleaned_data
    status, ends_on = data["legal_status"], data["term_ends_on"]
    return services.change_legal_status(
        key, status, form.order(), term_ends_on=ends_on, **who
    )


def _place(key: UUID, form: forms.Place, who: dict[str, Any]) -> Any:
    return services.place(key, UUID(form.cleaned_data["cell"]), form.order(), **who)


def _separate(key: UUID, form: forms.Separate, who: dict[str, Any]) -> Any:
    data = form.cleaned_data
    ends_on = forms.after(data["last_on"])
    return services.separate(key, data["kind"], ends_on, form.order(), **who)


def _release(key: UUID, form: forms.Release, who: dict[str, Any]) -> Any:
    return services.release(key, form.order(), **who)


def _correct(key: UUID, form: forms.Correct, who: dict[str, Any]) -> Any:
    return services.correct(key, form.values(), form.order(), **who)


def _end_separation(key: UUID, form: forms.Internal, who: dict[str, Any]) -> Any:
    return services.end_separation(key, form.order(), **who)


PAGES = {
    "transfer": Page(gettext_lazy("Transfer"), forms.Transfer, _transfer),
    "regime": Page(gettext_lazy("Change the regime"), forms.Regime, _regime),
    "conditions": Page(
        gettext_lazy("Change the conditions"), forms.Conditions, _conditions
    ),
    "legal-status": Page(
        gettext_lazy("Change the legal status"), forms.LegalStatus, _legal_status
    ),
    "place": Page(gettext_lazy("Place in a cell"), forms.Place, _place),
    "separate": Page(
        gettext_lazy("Isolation, quarantine, hospital"), forms.Separate, _separate
    ),
    "release": Page(gettext_lazy("Release"), forms.Release, _release),
    "correct": Page(gettext_lazy("Correct the file"), forms.Correct, _correct),
}
END_SEPARATION = Page(
    gettext_lazy("End the separation"), forms.Internal, _end_separation
)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, prisoner_id: UUID, name: str) -> HttpResponse:
    """Show the form of a step; take it."""
    page = PAGES.get(name)
    if page is None:
        raise Http404
    file = selectors.prisoner(prisoner_id, by=request.actor)
    return _answer(request, page, file, file.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def end_separation(
    request: Request, prisoner_id: UUID, separation_id: UUID
) -> HttpResponse:
    """End isolation, quarantine or hospital."""
    file = selectors.prisoner(prisoner_id, by=request.actor)
    return _answer(request, END_SEPARATION, file, separation_id)


def _answer(request: Request, page: Page, file: Prisoner, key: UUID) -> HttpResponse:
    actor = request.actor
    if not actor.may(Permission.PRISONER_MANAGE):
        raise Forbidden(permission=Permission.PRISONER_MANAGE.value)
    initial = {name: getattr(file, name, None) for name in page.form.base_fields}
    if page.form is not forms.Correct:
        initial = {}
    form = page.form(request.POST or None, initial=initial)
    _offer(form, file, actor)
    decision = None
    if request.method == "POST" and form.is_valid():
        decision = _unseen_warnings(form, file, actor)
        if decision is None:
            try:
                page.act(key, form, {"by": actor, "at": timezone.now()})
            except (Conflict, Invalid) as error:
                form.refuse(error)
            else:
                messages.success(request, _("Done: %(step)s") % {"step": page.title})
                return _after(file, actor)
    context = {
        "form": form,
        "title": page.title,
        "prisoner": file,
        "strip": pagedata.strip(file),
        "decision": decision,
    }
    status = 422 if form.is_bound else 200
    return render(request, "custody/step.html", context, status=status)


def _after(file: Prisoner, actor: Actor) -> HttpResponse:
    """Lead back to the file, or to the list where it has left the actor's sight."""
    if selectors.prisoners(by=actor).filter(pk=file.pk).exists():
        return redirect("custody:prisoner", file.pk)
    return redirect("custody:register")


def _offer(form: Any, file: Prisoner, actor: Actor) -> None:
    if "cell" in form.fields:
        choosing.cells(form, actor)
    if "institution" in form.fields:
        rows = sites.prisons(by=actor).exclude(pk=file.institution_id)
        choices = [(str(row.pk), row.name) for row in rows]
        form.fields["institution"].choices = choices


def _unseen_warnings(form: Any, file: Prisoner, actor: Actor) -> Decision | None:
    """Return warnings about a cell that the officer has not been shown yet."""
    if not isinstance(form, forms.Place) or form.cleaned_data["seen"]:
        return None
    cell_id = UUID(form.cleaned_data["cell"])
    on = timezone.localdate()
    decision = selectors.placement(file.pk, cell_id, on=on, by=actor)
    if not decision.grounds:
        return None
    form.data = dict(form.data.items()) | {"seen": "on"}
    return decision
