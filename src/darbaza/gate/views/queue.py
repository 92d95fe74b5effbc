"""The queue for officers: a bar at the desk, and a page of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.gate import selectors, services
from darbaza.gate.forms import queue as forms
from darbaza.gate.queueing import Step
from darbaza.gate.services.tickets import Wanted
from darbaza.gate.views import asked, slips
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages import grounds, printing
from darbaza.pages.forms import Once
from darbaza.pages.requests import Request, way_on


@require_GET
def queue(request: Request) -> HttpResponse:
    """Show who waits, who is called here, who was put aside."""
    by, now = request.actor, timezone.now()
    if not by.may(Permission.QUEUE_CALL):
        raise Forbidden(permission=Permission.QUEUE_CALL.value)
    lanes = list(selectors.lanes(by=by))
    context = bar_context(request) | {
        "line": selectors.waiting(by=by, at=now),
        "aside": selectors.aside(by=by, at=now),
        "lanes": lanes,
        "forms": [(row, Once(auto_id=f"take-{row.prefix}-%s")) for row in lanes],
        "next": request.path,
    }
    return render(request, "gate/queue/queue.html", context)


@require_GET
def ticket(request: Request, ticket_id: UUID) -> HttpResponse:
    """Show everything that happened to one number."""
    if not request.actor.may(Permission.QUEUE_CALL):
        raise Forbidden(permission=Permission.QUEUE_CALL.value)
    row = selectors.ticket(ticket_id, by=request.actor)
    context = {"row": row, "events": row.events.select_related("window")}
    return render(request, "gate/queue/ticket.html", context)


@require_GET
def bar(request: Request) -> HttpResponse:
    """Give the bar anew, for the desk's own polling."""
    if not request.actor.may(Permission.QUEUE_CALL):
        raise Forbidden(permission=Permission.QUEUE_CALL.value)
    context = bar_context(request) | {"next": way_on(request)}
    return render(request, "gate/queue/_bar.html", context)


def bar_context(request: Request) -> dict[str, Any]:
    """Return what the bar needs: who is called here, who waits."""
    by, now = request.actor, timezone.now()
    line = selectors.waiting(by=by, at=now)
    return {
        "window": printing.post(request),
        "hand": selectors.at_window(printing.post(request), by=by, at=now),
        "waiting_count": len(line),
        "following": line[:3],
        "longest": max((now - t.taken_at for t in line), default=None),
        "now": now,
    }


@require_POST
def call(request: Request) -> HttpResponse:
    """Call whoever is next."""
    return _done(request, lambda window: _called(request, window))


def _called(request: Request, window: UUID) -> None:
    row = services.call_next(window, by=request.actor, at=timezone.now())
    if row is None:
        messages.info(request, _("Nobody waits."))


@require_POST
def step(request: Request, ticket_id: UUID, name: str) -> HttpResponse:
    """Do one step with a number: call it, again, aside, back, to another lane."""
    by, now = request.actor, timezone.now()
    selectors.ticket(ticket_id, by=by)
    if name == "call":
        return _done(
            request,
            lambda window: services.call_ticket(ticket_id, window, by=by, at=now),
        )
    if name == "move":
        lane = asked.key(request, "lane")
        return _said(
            request, lambda: services.move_ticket(ticket_id, lane, by=by, at=now)
        )
    if name not in set(Step):
        raise NotFound("step")
    return _said(
        request, lambda: services.step_ticket(ticket_id, Step(name), by=by, at=now)
    )


@require_POST
def take(request: Request) -> HttpResponse:
    """Give a number to somebody at the window, and print its slip."""
    form = forms.Take(request.POST)
    if not form.is_valid():
        raise NotFound("lane")
    row = services.take_ticket(
        Wanted(form.cleaned_data["lane"], "officer", request.actor.language),
        request_id=form.cleaned_data["request_id"],
        by=request.actor,
        at=timezone.now(),
    )
    printed = slips.print_slip(request, row, printing.post(request))
    messages.success(request, _("Number %(label)s.") % {"label": row.label})
    if printed:
        return redirect(way_on(request) or "gate:queue")
    return redirect("gate:slip", row.pk)


def _done(request: Request, act: Any) -> HttpResponse:
    """Do what needs a window; without one, ask for it."""
    window = printing.post(request)
    if window is None:
        messages.error(request, grounds.officer(Invalid("window_missing")))
        return redirect("sites:choose_post")
    return _said(request, lambda: act(window))


def _said(request: Request, act: Any) -> HttpResponse:
    """Do a step, say what stands against it, and lead back."""
    try:
        act()
    except (Conflict, Invalid) as error:
        words = f"{grounds.officer(error)} {grounds.next_step(error)}"
        messages.error(request, words.strip())
    return redirect(way_on(request) or "gate:queue")
