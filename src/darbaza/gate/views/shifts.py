"""The shift at the entrance: who has it, hand it over with two signatures, close it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Permission
from darbaza.accounts.types import Actor
from darbaza.gate import selectors, services
from darbaza.gate.forms import shifts as forms
from darbaza.kernel.errors import Conflict, DarbazaError, Forbidden, Invalid
from darbaza.pages import grounds
from darbaza.pages.forms import Once
from darbaza.pages.requests import Request

SHOWN = 10
SAID = frozenset({"shift_signature", "shift_not_theirs"})


@require_GET
def running(request: Request) -> HttpResponse:
    """Show who has the shift, what would be handed over, and the shifts before."""
    return _shown(request)


def _shown(
    request: Request, form: Any = None, trouble: DarbazaError | None = None
) -> HttpResponse:
    by, now = request.actor, timezone.now()
    row = selectors.shift_running(by=by)
    figures = selectors.handing_over(by=by, at=now)
    context = {
        "row": row,
        "form": form or forms.HandOver(figures=figures),
        "figures": figures,
        "open": Once(),
        "trouble": trouble and grounds.officer(trouble),
        "before": selectors.shifts(by=by).exclude(ended_at=None)[:SHOWN],
        "may_hand_over": by.may(Permission.SHIFT_HAND_OVER),
        "may_report": by.may(Permission.SHIFT_REPORT),
        "now": now,
    }
    status = 422 if form is not None or trouble else 200
    return render(request, "gate/shifts/running.html", context, status=status)


@require_GET
def shift(request: Request, shift_id: UUID) -> HttpResponse:
    """Show one shift as it was handed over, to be printed."""
    row = selectors.shift_of(shift_id, by=request.actor)
    return render(request, "gate/shifts/shift.html", {"row": row})


@require_POST
def begin(request: Request) -> HttpResponse:
    """Open the shift."""
    form = Once(request.POST)
    if form.is_valid():
        try:
            services.open_shift(
                **form.cleaned_data, by=request.actor, at=timezone.now()
            )
        except Conflict as error:
            return _shown(request, trouble=error)
        messages.success(request, _("The shift is yours."))
    return redirect("gate:shift")


@sensitive_post_parameters("own", "password")
@require_POST
def hand_over(request: Request, shift_id: UUID) -> HttpResponse:
    """Hand the shift over: the outgoing and the incoming officer both sign."""
    form = _form(request)
    if form.is_valid():
        try:
            outgoing = _signed(request, form)
            taking = _taking(request, form)
            services.hand_over(
                shift_id, form.counted(), taking=taking, note=form.cleaned_data["note"],
                request_id=form.cleaned_data["request_id"], by=outgoing,
                at=timezone.now(),
            )  # fmt: skip
        except (Conflict, Forbidden, Invalid) as error:
            return _refused(request, form, error)
        words = _("Handed over to %(name)s.") % {"name": taking.name}
        messages.success(request, words)
        return redirect("gate:shift_of", shift_id)
    return _shown(request, form)


@sensitive_post_parameters("own", "password")
@require_POST
def close(request: Request, shift_id: UUID) -> HttpResponse:
    """Close the shift: nobody takes over, the outgoing officer signs."""
    form = _form(request).for_closing()
    if form.is_valid():
        try:
            services.close_shift(
                shift_id, form.counted(), note=form.cleaned_data["note"],
                request_id=form.cleaned_data["request_id"],
                by=_signed(request, form), at=timezone.now(),
            )  # fmt: skip
        except (Conflict, Forbidden, Invalid) as error:
            return _refused(request, form, error)
        messages.success(request, _("The shift is closed."))
        return redirect("gate:shift_of", shift_id)
    return _shown(request, form)


def _form(request: Request) -> forms.HandOver:
    figures = selectors.handing_over(by=request.actor, at=timezone.now())
    return forms.HandOver(request.POST, figures=figures)


def _signed(request: Request, form: forms.HandOver) -> Actor:
    """Return the outgoing officer, who signs with the own password."""
    name = request.user.get_username()
    by, own = request.actor, form.cleaned_data["own"]
    try:
        signed = accounts.vouch(request, name, own, by=by, at=timezone.now())
    except Forbidden as error:
        if error.code == "vouch_wrong_password":
            raise Forbidden("shift_signature") from error
        raise
    return signed


def _taking(request: Request, form: forms.HandOver) -> Actor:
    given = form.cleaned_data
    return accounts.vouch(
        request, given["username"], given["password"], by=request.actor,
        at=timezone.now(),
    )  # fmt: skip


def _refused(
    request: Request, form: forms.HandOver, error: DarbazaError
) -> HttpResponse:
    if error.code not in grounds.known():
        raise error
    form.refuse(error)
    return _shown(request, form)
