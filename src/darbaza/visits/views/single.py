"""One visit: everything about it, and every change of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import NotFound
from darbaza.pages.forms import Form
from darbaza.pages.requests import Request
from darbaza.visits import forms, selectors, services
from darbaza.visits.models import Visit
from darbaza.visits.policies import changes as policy
from darbaza.visits.texts.titles import title
from darbaza.visits.views import choosing, wording

MOVE_DAYS = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: its words, its form, and the one service it calls."""

    title: Promise
    form: Callable[[Request, Visit, Any], Form]
    act: Callable[[Request, Visit, dict[str, Any]], object]
    done: Promise
    possible: Callable[[Visit], bool]
    """Whether the state of a visit admits it."""


@require_GET
def visit(request: Request, visit_id: UUID) -> HttpResponse:
    """Show one visit with decisions, overrides, refusals, call and history."""
    by = request.actor
    row = selectors.visit(visit_id, by=by)
    context = {
        "visit": row,
        "visitors": [(v, Decision.of_facts(v.grounds)) for v in row.visitors.all()],
        "overrides": [
            (title(o.code), o) for o in row.overrides.select_related("visitor__person")
        ],
        "refusals": row.refusals.select_related("person"),
        "call": getattr(row, "call", None),
        "history": [
            wording.entry(e) for e in selectors.history(row.pk, by=request.actor)
        ],
        "changes": _possible(request, row),
    }
    return render(request, "visits/visit.html", context)


@require_http_methods(["GET", "POST"])
def change(request: Request, visit_id: UUID, name: str) -> HttpResponse:
    """Ask for a change of a visit with its reason, and make it."""
    row, one = selectors.visit(visit_id, by=request.actor), CHANGES.get(name)
    if one is None:
        raise NotFound
    form = one.form(request, row, request.POST or None)
    if form.is_valid():
        result = one.act(request, row, form.cleaned_data)
        if isinstance(result, services.Moved) and result.registered is None:
            context = {"visit": row, "change": one, "form": form}
            refused = {"verdict": result.verdict, **context}
            return render(request, "visits/change.html", refused, status=409)
        messages.success(request, str(one.done))
        moved = result.registered if isinstance(result, services.Moved) else None
        return redirect("visits:visit", moved.visit_id if moved else row.pk)
    context = {"visit": row, "change": one, "form": form}
    return render(request, "visits/change.html", context)


def _possible(request: Request, row: Visit) -> list[tuple[str, Change]]:
    ours = row.institution_id == request.actor.institution_id
    if not ours or not request.actor.may(Permission.VISIT_CHANGE):
        return []
    return [(name, one) for name, one in CHANGES.items() if one.possible(row)]


def _move_form(request: Request, row: Visit, data: Any) -> Form:
    today = timezone.localdate()
    slots = selectors.sessions_between(
        today, today + MOVE_DAYS, kind=row.kind, by=request.actor
    )
    return forms.Move(data, slots=choosing.choices(slots, closed=row.closed))


def _move(request: Request, row: Visit, data: dict[str, Any]) -> object:
    now = timezone.now()
    session = choosing.session(data["slot"], by=request.actor, at=now)
    to = services.MoveTo(data["request_id"], session.pk)
    return services.move(row.pk, to, reason=data["reason"], by=request.actor, at=now)


def _correct_form(request: Request, row: Visit, data: Any) -> Form:  # noqa: ARG001
    initial = {"kind": row.kind, "closed": row.closed, "ends_at": row.ends_at}
    return forms.Correct(data, visitors=list(row.visitors.all()), initial=initial)


def _correct(request: Request, row: Visit, data: dict[str, Any]) -> object:
    parts = {v.pk: data[f"part-{v.pk}"] for v in row.visitors.all()}
    # The box shows minutes: the same minute is no correction.
    same = data["ends_at"] == row.ends_at.replace(second=0, microsecond=0)
    correction = services.Correction(
        data["kind"],
        data["closed"],
        None if same else data["ends_at"],
        MappingProxyType(parts),
    )
    return services.correct(
        row.pk, correction, reason=data["reason"], by=request.actor, at=timezone.now()
    )


def _with(service: Callable[..., object], key: str) -> Callable[..., object]:
    def act(request: Request, row: Visit, data: dict[str, Any]) -> object:
        at = timezone.now()
        return service(
            row.pk, data[key], reason=data["reason"], by=request.actor, at=at
        )

    return act


def _note_form(request: Request, row: Visit, data: Any) -> Form:  # noqa: ARG001
    return forms.Note(data, initial={"text": row.note})


def _note(request: Request, row: Visit, data: dict[str, Any]) -> object:
    return services.note(row.pk, data["text"], by=request.actor, at=timezone.now())


def _plain(form: type[Form]) -> Callable[[Request, Visit, Any], Form]:
    return lambda _request, _row, data: form(data)


def _cancellable(row: Visit) -> bool:
    return any(policy.may_cancel(row.status, cause) for cause, _w in forms.CAUSES)


CHANGES: dict[str, Change] = {
    "cancel": Change(
        pgettext_lazy("visit", "Cancel"),
        _plain(forms.Cancel), _with(services.cancel, "cause"),
        _("The visit is cancelled."), _cancellable,
    ),
    "move": Change(
        _("Move to another time"), _move_form, _move, _("The visit is moved."),
        lambda v: policy.may_cancel(v.status, "moved"),
    ),
    "end": Change(
        _("End early"), _plain(forms.End), _with(services.end_early, "outcome"),
        _("The visit is ended; let the visitors out."), lambda v: v.status == "inside",
    ),
    "outcome": Change(
        _("Record the outcome"), _plain(forms.Outcome),
        _with(services.set_outcome, "outcome"), _("The outcome is recorded."),
        lambda v: v.status in {"registered", "inside", "ended"},
    ),
    "correct": Change(
        _("Correct"), _correct_form, _correct, _("The visit is corrected."),
        lambda v: v.status not in {"cancelled", "refused"},
    ),
    "note": Change(
        _("Write a note"), _note_form, _note, _("The note is written."), bool
    ),
}  # fmt: skip
