"""The steps of a sending at the desk, by the name in their address."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from darbaza.gate import forms
from darbaza.gate.selectors import parcel as reading
from darbaza.gate.services.desk import parcel as steps
from darbaza.gate.views import asked
from darbaza.kernel.errors import Invalid
from darbaza.pages.requests import Request
from darbaza.parcels import entry

Shown = dict[str, Any] | None


@require_GET
def items(request: Request) -> HttpResponse:
    """Offer goods while the officer types."""
    text = request.GET.get("text", "")[: entry.TEXT_AT_MOST]
    context = {
        "items": reading.offered(text, by=request.actor),
        "text": text.strip(),
        "draft": {"pk": request.GET.get("draft", "")},
    }
    return render(request, "gate/desk/parcel/_items.html", context)


def _now(request: Request) -> dict[str, Any]:
    return {"by": request.actor, "at": timezone.now()}


def _errand(request: Request, draft: UUID) -> Shown:
    last = asked.session_key(request, "desk_done")
    steps.errand(draft, last_visit=last, **_now(request))
    return None


def _put(request: Request, draft: UUID) -> Shown:
    text = request.POST.get("text", "")
    if text.strip():
        steps.put(draft, text, **_now(request))
    return None


def _item(request: Request, draft: UUID) -> Shown:
    text = request.POST.get("text", "")[: entry.TEXT_AT_MOST]
    steps.choose_item(draft, asked.key(request, "item"), text, **_now(request))
    return None


def _bundle(request: Request, draft: UUID) -> Shown:
    if request.POST.get("bundle"):
        steps.bundle(draft, request.POST["bundle"][:40], **_now(request))
    return {"hand": "finish"}


def _repeat(request: Request, draft: UUID) -> Shown:
    steps.repeat(draft, **_now(request))
    return {"hand": "finish"}


def _line(request: Request, draft: UUID) -> Shown:
    number = asked.whole(request, "line")
    quantity = asked.whole(request, "quantity")
    grams = entry.weight(request.POST.get("grams", "") or "0")
    if quantity is None or grams is None:
        raise Invalid("weight_impossible", line=number or 0)
    steps.change_line(
        draft, number or 0, quantity=quantity, grams=grams, **_now(request)
    )
    return None


def _weigh(request: Request, draft: UUID) -> Shown:
    text = request.POST.get("weight", "")
    grams = entry.weight(text) if text.strip() else None
    if text.strip() and grams is None:
        raise Invalid("weight_impossible", field="weight")
    line = request.POST.get("of") == "line"
    steps.weigh(draft, grams, line=line, **_now(request))
    return None


def _about(request: Request, draft: UUID) -> Shown:
    names = ("channel", "sender_name", "advice")
    wanted = {n: request.POST[n] for n in names if n in request.POST}
    steps.about(draft, wanted, **_now(request))
    return None


def _aside(request: Request, draft: UUID) -> Shown:
    pairs = [g.partition("|") for g in request.POST.getlist("ground")[:400]]
    chosen = [(code, line) for code, _bar, line in pairs]
    reason = request.POST.get("reason", "")[:300]
    rank = asked.rank(request)
    steps.set_aside(draft, chosen, reason, rank=rank, **_now(request))
    return None


def _finish(request: Request, draft: UUID) -> Shown:
    if request.POST.get("weight", "").strip():
        _weigh(request, draft)
    language = request.POST.get("language", "")
    known = dict(forms.LANGUAGES)
    sent = steps.finish(
        draft,
        refuse=request.POST.get("do") == "refuse",
        language=language if language in known else request.actor.language,
        **_now(request),
    )
    return {"sent": sent}


def _undo(request: Request, draft: UUID) -> Shown:  # noqa: ARG001 - as every step
    reason = request.POST.get("reason", "")
    steps.undo(asked.key(request, "sending"), reason, **_now(request))
    return None


def _give_back(request: Request, draft: UUID) -> Shown:  # noqa: ARG001 - as every step
    bag, again = asked.key(request, "bag"), asked.key(request, "request")
    steps.give_back(bag, again, **_now(request))
    return None


def _of_draft(step: Callable[..., None]) -> Callable[[Request, UUID], Shown]:
    def do(request: Request, draft: UUID) -> Shown:
        step(draft, **_now(request))
        return None

    return do


STEPS: dict[str, Callable[[Request, UUID], Shown]] = {
    "errand": _errand,
    "put": _put,
    "item": _item,
    "bundle": _bundle,
    "line": _line,
    "weigh": _weigh,
    "about": _about,
    "repeat": _repeat,
    "drop-last": _of_draft(steps.drop_last),
    "parcel-aside": _aside,
    "parcel-back": _of_draft(steps.take_back),
    "send": _finish,
    "parcel-undo": _undo,
    "give-back": _give_back,
}
