"""Readers and scales: what an agent brought to a page, and the page to set them up."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts import services as accounts
from darbaza.accounts.permissions import Permission, Role
from darbaza.accounts.types import DeviceDraft
from darbaza.gate import selectors, services, texts, trials
from darbaza.gate.arrivals import Brought, Taken
from darbaza.gate.forms.readers import AgentToken, Try
from darbaza.gate.texts import readers as words
from darbaza.gate.views import asked
from darbaza.kernel.errors import Conflict, Forbidden
from darbaza.pages.requests import Request
from darbaza.persons.mrz import reading as pictures
from darbaza.sites import selectors as sites

PAGE = "gate/readers/readers.html"


@require_POST
def arrivals(request: Request) -> JsonResponse:
    """Give a page what its post's agent brought: each scan once, nothing stored."""
    post = _post(request)
    if post is None:
        return JsonResponse(_told(Taken()))
    taken = services.take_scans(
        post,
        pictures_too="test" in request.GET,
        by=request.actor,
        at=timezone.now(),
    )
    return JsonResponse(_told(taken))


@require_GET
def readers(request: Request) -> HttpResponse:
    """Show the readers of a post, and let them be tried."""
    return render(request, PAGE, _context(request))


@require_POST
@never_cache
def token(request: Request, post_id: UUID) -> HttpResponse:
    """Give the agent of a post a token, and show it, once."""
    form = AgentToken(request.POST)
    given: dict[str, Any] = {"form": form}
    if form.is_valid():
        data = form.cleaned_data
        here = selectors.readers(post_id, by=request.actor, at=timezone.now())
        draft = DeviceDraft(
            data["request_id"],
            data["name"],
            Role.AGENT,
            timedelta(days=data["days"]),
            here.post.pk,
        )
        try:
            made = accounts.issue_token(draft, by=request.actor, at=timezone.now())
        except Conflict as error:
            form.refuse(error)
        else:
            given = {"secret": made.secret}
    context = _context(request, post_id) | given
    return render(request, PAGE, context, status=200 if "secret" in given else 422)


@require_POST
def revoke(request: Request, post_id: UUID, token_id: UUID) -> HttpResponse:
    """Take the token of an agent away."""
    accounts.revoke_token(token_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The token no longer opens anything."))
    return redirect(f"{reverse('gate:readers')}?post={post_id}")


@require_POST
def attempt(request: Request) -> HttpResponse:
    """Show what came in a test; it is stored nowhere.

    Raises:
        Forbidden: Readers are nothing to the actor.
    """
    if not request.actor.may(Permission.READER_USE):
        raise Forbidden(permission=Permission.READER_USE.value)
    form = Try(request.POST, request.FILES)
    shown: dict[str, Any] = {"trying": form}
    if form.is_valid():
        shown |= _tried(form)
    if request.htmx:
        return render(request, "gate/readers/_trial.html", shown)
    status = 200 if form.is_valid() else 422
    return render(request, PAGE, _context(request) | shown, status=status)


def _tried(form: Try) -> dict[str, Any]:
    arrived = form.arrived()
    image = form.cleaned_data["image"]
    if image:
        read = pictures.read(image.read())
        lines = "\n".join(read.document.as_read or read.document.lines)
        if not lines:
            return {"unread": texts.unreadable(read.error or "no_zone")}
        arrived = replace(arrived, source="folder", text=lines)
    trial = trials.judge(arrived)
    return {
        "trial": trial,
        "source": words.source(arrived.source),
        "fields": [
            (texts.FIELDS.get(n, n), value, state, words.FIELD_STATES.get(state or ""))
            for n, value, state in trial.fields
        ],
        "troubles": [words.trouble(c, f, texts.FIELDS) for c, f in trial.troubles],
    }


def _told(taken: Taken) -> dict[str, Any]:
    weight = taken.weight
    return {
        "scans": [_scan(scan) for scan in taken.scans],
        "pictures": taken.pictures,
        "weight": weight
        and {"grams": weight.grams, "stable": weight.stable, "over": weight.over},
        "running": taken.running,
    }


def _scan(scan: Brought) -> dict[str, Any]:
    text = scan.text
    if scan.reading is not None:
        document = scan.reading.document
        text = "\n".join(document.as_read or document.lines)
    return {
        "text": text,
        "source": scan.source,
        "device": scan.device,
        "complete": scan.complete,
    }


def _context(request: Request, post_id: UUID | None = None) -> dict[str, Any]:
    by, now = request.actor, timezone.now()
    posts = list(sites.posts(by.institution_id, by=by))
    chosen = post_id or _post(request) or (posts[0].pk if posts else None)
    found = selectors.readers(chosen, by=by, at=now) if chosen else None
    return {
        "posts": posts,
        "readers": found,
        "devices": _devices(found),
        "form": AgentToken(),
        "trying": Try(),
        "may_manage": by.may(Permission.DEVICE_MANAGE),
    }


def _devices(found: Any) -> list[dict[str, Any]]:
    if found is None or found.agent is None:
        return []
    return [
        {
            "row": device,
            "state": words.STATES.get(device.state, device.state),
            "trouble": words.DEVICE_TROUBLES.get(device.trouble, device.trouble),
        }
        for device in found.agent.devices
    ]


def _post(request: Request) -> UUID | None:
    """Return the post that the address names, else that of this computer."""
    try:
        return UUID(request.GET["post"])
    except (KeyError, ValueError):
        return asked.session_key(request, "post_id")
