"""The officer's desk: one page, one small address for each step."""

import json
from base64 import b64decode
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from darbaza.gate import forms, selectors, services, states
from darbaza.gate.models import Draft
from darbaza.gate.selectors import desk as reading
from darbaza.gate.services import desk as steps
from darbaza.gate.views import asked, desk_shown, desk_steps
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages import grounds
from darbaza.pages.requests import Request

DONE, SENT = "desk_done", "desk_sent"
PAGE = "gate/desk/desk.html"
TYPED_AT_MOST = 400
"""Characters given back to the box; a zone has 92 at most."""


@require_GET
def desk(request: Request) -> HttpResponse:
    """Show the desk with the draft in hand: from now on pictures come to this one."""
    row = steps.resume(_in_hand(request).pk, by=request.actor, at=timezone.now())
    return render(request, PAGE, desk_shown.context(request, row, whole=True))


@sensitive_post_parameters("password")
@require_POST
def act(request: Request, name: str) -> HttpResponse:
    """Do one step and show what follows from it.

    A step that cannot be done says so at the top of the desk; the draft is as before.
    """
    step = desk_steps.STEPS.get(name)
    if step is None:
        raise NotFound
    shown: dict[str, Any] = {}
    try:
        shown = step(request, _draft_id(request)) or {}
        if shown.pop("looks_on", False):
            return HttpResponse(status=204)
    except (Invalid, Conflict, Forbidden) as error:
        if error.code not in grounds.known() and error.code not in desk_steps.SAID:
            raise
        if desk_steps.looks_on(request, error):
            return HttpResponse(status=204)
        typed = request.POST.get("text", "")[:TYPED_AT_MOST]
        box = "text" if name == "put" else "typed"
        shown = {"trouble": desk_steps.said(error), box: typed}
    return _answer(request, shown)


@require_GET
def options(request: Request) -> HttpResponse:
    """Offer prisoners while the officer types."""
    text = request.GET.get("q", "")
    context = {
        "options": reading.options(text, by=request.actor),
        "q": text.strip(),
        "draft": {"pk": request.GET.get("draft", "")},
    }
    return render(request, "gate/desk/_options.html", context)


@require_GET
def beside(request: Request) -> HttpResponse:
    """Give the left column anew."""
    row = _in_hand(request)
    context = desk_shown.beside(request, row)
    return render(request, "gate/desk/_beside.html", context)


@require_GET
def inbox(request: Request, draft_id: UUID) -> HttpResponse:
    """Say whether folder or agent brought a picture: 204 for no, 200 for yes."""
    waiting = reading.inbox_count(draft_id, by=request.actor)
    post = asked.session_key(request, "post_id")
    if post and not waiting:
        by, now = request.actor, timezone.now()
        waiting = int(selectors.pictures_wait(post, by=by, at=now))
    if not waiting:
        return HttpResponse(status=204)
    return HttpResponse(str(waiting), content_type="text/plain")


@require_GET
def crop(request: Request, draft_id: UUID) -> HttpResponse:
    """Give the zone that was cut out of the picture, never to be kept."""
    state = states.load(reading.draft(draft_id, by=request.actor).state)
    if state.question is None or not state.question.crop:
        raise NotFound
    data = b64decode(state.question.crop)
    response = HttpResponse(data, content_type="image/png")
    response.headers["Cache-Control"] = "no-store, private"
    return response


@require_POST
def window(request: Request) -> HttpResponse:
    """Remember where this computer stands, its paper and the prefix of its reader."""
    form = forms.Window(request.POST)
    answer = redirect("gate:desk")
    if not form.is_valid():
        return answer
    post = steps.at_post(
        _draft_id(request),
        form.cleaned_data["post"],
        by=request.actor,
        at=timezone.now(),
    )
    request.session["post_id"] = str(post.pk) if post else ""
    request.session["post_name"] = post.name if post else ""
    remembered = {
        desk_shown.PAPER_COOKIE: form.cleaned_data["paper"],
        desk_shown.PREFIX_COOKIE: form.cleaned_data["reader_prefix"],
    }
    for cookie, value in remembered.items():
        answer.set_cookie(
            cookie,
            value,
            max_age=365 * 24 * 3600,
            samesite="Strict",
            httponly=True,
            secure=request.is_secure(),
        )
    return answer


def _in_hand(request: Request) -> Draft:
    post = request.session.get("post_id") or None
    return services.open_draft(
        post_id=UUID(post) if post else None, by=request.actor, at=timezone.now()
    )


def _draft_id(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("draft", ""))
    except ValueError:
        return _in_hand(request).pk


def _answer(request: Request, shown: dict[str, Any]) -> HttpResponse:
    """Give the desk: as a fragment for scripts; plain browsers are led back to it."""
    ended, sent = shown.pop("ended", None), shown.pop("sent", None)
    if ended is not None:
        request.session[DONE] = str(ended.visit_id)
        request.session.pop(SENT, None)
    if sent is not None:
        request.session[SENT] = str(sent.sending_id)
    if not request.htmx and not shown.keys() - {"hand"}:
        return redirect("gate:desk")
    row = _in_hand(request)
    status = 422 if "trouble" in shown or "form" in shown else 200
    whole = not request.htmx
    context = desk_shown.context(request, row, whole=whole) | shown
    page = PAGE if whole else f"{PAGE}#work"
    response = render(request, page, context, status=status)
    if ended is not None or sent is not None:
        wanted = (
            desk_shown.prints(request, ended) if ended else desk_shown.receipts(request)
        )
        told = {"darbaza:print": {"urls": wanted}, "darbaza:desk-done": True}
        response.headers["HX-Trigger-After-Settle"] = json.dumps(told)
    return response
