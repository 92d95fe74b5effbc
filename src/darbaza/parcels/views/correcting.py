"""Correcting a sending: look at the decision first, or write it at once."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.kernel.decisions import Decision
from darbaza.kernel.errors import DarbazaError, Forbidden, NotFound
from darbaza.pages.requests import Request
from darbaza.parcels import selectors, services
from darbaza.parcels.forms import correcting as forms
from darbaza.parcels.models import Sending
from darbaza.parcels.types import Correction, OverrideRequest, Wanted
from darbaza.parcels.views import seeing


@dataclass(frozen=True, slots=True)
class _Entered:
    """Both halves of the page, as they arrived."""

    form: forms.Correction
    lines: Any
    written: selectors.Written

    def valid(self) -> bool:
        """Check both, so that all mistakes show at once."""
        return all([self.form.is_valid(), self.lines.is_valid()])


def may_correct(request: Request, row: Sending) -> bool:
    """Tell whether this officer may correct a sending as it stands."""
    ours = row.institution_id == request.actor.institution_id
    may = request.actor.may(Permission.PARCEL_REGISTER)
    return ours and may and row.correctable


@require_http_methods(["GET", "POST"])
def correct(request: Request, sending_id: UUID) -> HttpResponse:
    """Ask what should have been written down; ``do=look`` shows the decision only."""
    row = selectors.sending(sending_id, by=request.actor)
    if not request.actor.may(Permission.PARCEL_REGISTER):
        raise Forbidden(permission=Permission.PARCEL_REGISTER.value)
    if row.institution_id != request.actor.institution_id:
        raise NotFound("sending")
    entered, found, status = _entered(request, row), None, 200
    if request.method == "POST":
        status = 422
        if entered.valid():
            try:
                found = _take(request, row, entered)
            except DarbazaError as error:
                entered.form.refuse(error)
            else:
                status = 200
                if request.POST.get("do") != "look":
                    messages.success(request, _("Corrected; print the receipt anew."))
                    return redirect("parcels:sending", row.pk)
    context = {
        "sending": row,
        "form": entered.form,
        "lines": entered.lines,
        "gone": entered.written.gone,
        "decided": _shown(found, entered),
    }
    return render(request, "parcels/correct.html", context, status=status)


def _take(
    request: Request, row: Sending, entered: _Entered
) -> dict[int | None, Decision]:
    """Decide on the correction and, unless only a look is wanted, write it."""
    wanted, rank = _correction(request, row, entered)
    now: dict[str, Any] = {"by": request.actor, "at": timezone.now(), "rank": rank}
    if request.POST.get("do") != "look":
        services.correct(row.pk, wanted, **now)
        return {}
    return services.decide_correction(row.pk, wanted, **now)


def _entered(request: Request, row: Sending) -> _Entered:
    written = selectors.written(row, by=request.actor)
    data = request.POST if request.method == "POST" else None
    form = forms.Correction(
        data,
        channel=row.channel,
        initial={
            "seen": written.seen,
            "channel": row.channel,
            "weighed_g": row.grams if row.weighed else None,
            "advice": row.advice,
        },
    )
    kept = {one.item_id for one in written.lines.values()}
    lines = forms.CorrectedLines(
        data,
        prefix="line",
        initial=[_initial(*one) for one in sorted(written.lines.items())],
        form_kwargs={"items": selectors.choosable(kept, by=request.actor)},
    )
    return _Entered(form, lines, written)


def _initial(position: int, line: Wanted) -> dict[str, Any]:
    return {
        "position": position,
        "item": str(line.item_id),
        "quantity": line.quantity,
        "grams": line.grams,
        "words": line.words,
        "decision": forms.BACK if line.sent_back else forms.RULES,
    }


def _correction(
    request: Request, row: Sending, entered: _Entered
) -> tuple[Correction, Actor | None]:
    """Return the correction with the grounds that rank sets aside, and whose rank."""
    lines, lifted = _lines(entered)
    plain = Correction(lines=lines, **entered.form.heads())
    given = entered.form.cleaned_data
    rank = seeing.second(request, given)
    if not lifted:
        return plain, rank
    by, at = request.actor, timezone.now()
    found = services.decide_correction(row.pk, plain, by=by, at=at)
    overrides = [
        OverrideRequest(ground.code, given["why"], position)
        for position in lifted
        for ground in found.get(position, Decision()).blocking
        if ground.lift
    ]
    return replace(plain, overrides=tuple(overrides)), rank


def _lines(entered: _Entered) -> tuple[dict[int, Wanted], list[int | None]]:
    """Return the lines by position, and the positions that go in by rank."""
    lines: dict[int, Wanted] = {}
    lifted: list[int | None] = [None] if entered.form.cleaned_data["lift"] else []
    fresh = entered.written.next
    for one in entered.lines.forms:
        wanted = one.wanted()
        position = one.cleaned_data.get("position")
        if wanted is None:
            continue
        if position not in entered.written.lines:
            position, fresh = fresh, fresh + 1
        lines[position] = replace(wanted, item_id=UUID(str(wanted.item_id)))
        if one.cleaned_data.get("decision") == forms.IN:
            lifted.append(position)
    return lines, lifted


def _shown(
    found: dict[int | None, Decision] | None, entered: _Entered
) -> dict[str, Any] | None:
    """Return the decision on the whole and on each line, with what it is called."""
    if found is None:
        return None
    lines, _lifted = _lines(entered)
    names = dict(entered.lines.forms[0].fields["item"].choices)
    return {
        "whole": found[None],
        "lines": [
            (position, names.get(str(lines[position].item_id), ""), decision)
            for position, decision in found.items()
            if position is not None
        ],
    }
