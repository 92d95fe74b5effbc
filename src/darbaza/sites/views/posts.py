"""The working post at which somebody sits, kept in their session."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from darbaza.kernel.errors import NotFound
from darbaza.pages.requests import Request, way_on
from darbaza.sites import selectors
from darbaza.sites.types import POST_IN_SESSION, POST_NAME_IN_SESSION


@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """Choose where one works now, or nowhere; go on to ``next``."""
    way = way_on(request)
    rows = selectors.posts(request.actor.institution_id, by=request.actor)
    if request.method == "POST":
        _choose(request)
        return redirect(way or "web:home")
    context = {
        "posts": rows,
        "chosen": request.session.get(POST_IN_SESSION, ""),
        "next": way,
    }
    return render(request, "sites/choose_post.html", context)


def _choose(request: Request) -> None:
    wanted = request.POST.get("post", "")
    if not wanted:
        request.session.pop(POST_IN_SESSION, None)
        request.session.pop(POST_NAME_IN_SESSION, None)
        return
    try:
        row = selectors.post(UUID(wanted), by=request.actor)
    except ValueError as error:
        raise NotFound from error
    if row.institution_id != request.actor.institution_id or row.closed_on:
        raise NotFound
    request.session[POST_IN_SESSION] = str(row.pk)
    request.session[POST_NAME_IN_SESSION] = row.name
    messages.success(request, _("You work at: %(post)s") % {"post": row.name})
