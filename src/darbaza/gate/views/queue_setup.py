"""Set up the queue: lanes, what each window serves, kiosks and displays."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.gate import selectors, services
from darbaza.gate.forms import queue as forms
from darbaza.kernel import ids
from darbaza.kernel.errors import Conflict, Forbidden, Invalid
from darbaza.pages import grounds
from darbaza.pages.requests import Request
from darbaza.sites import selectors as sites


@require_http_methods(["GET", "POST"])
def setup(request: Request) -> HttpResponse:
    """Show everything; add a kiosk or display, whose code is shown this once."""
    _must_manage(request)
    by = request.actor
    posts = list(sites.posts(by.institution_id, by=by))
    form, secret = forms.ScreenForm(request.POST or None, posts=posts), ""
    if form.is_valid():
        try:
            made = services.add_screen(
                form.draft(),
                request_id=form.cleaned_data["request_id"],
                by=by,
                at=timezone.now(),
            )
        except Conflict as error:
            form.refuse(error)
        else:
            secret, form = made.secret, forms.ScreenForm(posts=posts)
    context = {
        "lanes": selectors.lanes(by=by),
        "windows": [(row, _window(request, row)) for row in posts],
        "screens": selectors.screens(by=by),
        "form": form,
        "secret": ids.spoken(secret),
    }
    status = 422 if form.is_bound else 200
    return render(request, "gate/queue/setup.html", context, status=status)


def _window(request: Request, post: Any) -> forms.Window:
    by = request.actor
    found = selectors.window_lanes(post.pk, by=by) or ()
    return forms.Window(
        lanes=selectors.lanes(by=by),
        initial={"lanes": [str(key) for key in found]},
        auto_id=f"{post.pk}-%s",
    )


@require_http_methods(["GET", "POST"])
def lane(request: Request, lane_id: UUID | None = None) -> HttpResponse:
    """Add a lane, or change one."""
    _must_manage(request)
    row = selectors.lane(lane_id, by=request.actor) if lane_id else None
    names = set(forms.LaneForm.base_fields) - {"letter"}
    initial = {name: getattr(row, name) for name in names} if row else {}
    if row:
        initial["letter"] = row.prefix
    form = forms.LaneForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.set_lane(
                form.draft(), lane_id=lane_id, by=request.actor, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The lane is set up."))
            return redirect("gate:queue_setup")
    context = {"form": form, "row": row}
    status = 422 if form.is_bound else 200
    return render(request, "gate/queue/lane.html", context, status=status)


@require_POST
def close_lane(request: Request, lane_id: UUID) -> HttpResponse:
    """Take a lane out of use."""
    now = timezone.now()
    try:
        services.close_lane(
            lane_id, on=timezone.localdate(now), by=request.actor, at=now
        )
    except Conflict as error:
        messages.error(request, f"{grounds.officer(error)} {grounds.next_step(error)}")
    return redirect("gate:queue_setup")


@require_POST
def window(request: Request, post_id: UUID) -> HttpResponse:
    """Choose the lanes of a window."""
    _must_manage(request)
    form = forms.Window(request.POST, lanes=selectors.lanes(by=request.actor))
    if form.is_valid():
        services.set_window(post_id, form.keys(), by=request.actor, at=timezone.now())
        messages.success(request, _("The lanes of the window are chosen."))
    return redirect("gate:queue_setup")


@require_POST
def close_screen(request: Request, screen_id: UUID) -> HttpResponse:
    """Take a kiosk or display out of use."""
    now = timezone.now()
    services.close_screen(
        screen_id, on=timezone.localdate(now), by=request.actor, at=now
    )
    return redirect("gate:queue_setup")


def _must_manage(request: Request) -> None:
    if not request.actor.may(Permission.QUEUE_MANAGE):
        raise Forbidden(permission=Permission.QUEUE_MANAGE.value)
