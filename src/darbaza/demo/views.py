"""The page "Try it": sign-ins, specimen documents, five first steps."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model, login
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts import services as accounts
from darbaza.accounts.types import Actor
from darbaza.demo import story, users
from darbaza.demo.specimens import SPECIMENS
from darbaza.kernel.errors import Conflict
from darbaza.sites import services as sites

_BACKEND = "darbaza.accounts.backends.SignIn"
View = Callable[..., HttpResponseBase]


def _only_here(view: View) -> View:
    """Answer 404 in a real database, to whoever asks."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            sites.must_be_demonstration()
        except Conflict:
            raise Http404 from None
        return view(request, *args, **kwargs)

    return guarded


@_only_here
@require_GET
def try_it(request: HttpRequest) -> HttpResponse:
    """Show what a newcomer needs: who to be, what to drop, what will happen."""
    language = (get_language() or "ky")[:2]
    shown = [
        {
            "story": told,
            "specimen": story.specimen_of(told),
            "title": story.specimen_of(told).description[language],
            "whom": " ".join(told.prisoner),
        }
        for told in story.STORIES
    ]
    context = {
        "people": [(user, *users.ROLES[user.role]) for user in users.offered()],
        "others": [u for u in users.USERS if u not in users.offered()],
        "shown": shown,
        "password": users.PASSWORD,
        "secret": users.SECRET,
        "recovery_codes": users.RECOVERY_CODES[:3],
    }
    return render(request, "demo/try_it.html", context)


@_only_here
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as a published user, second factor included.

    Raises:
        Http404: Nobody of that name is published.
    """
    published = users.named(request.POST.get("username", ""))
    rows = get_user_model()._default_manager.filter(demonstration=True)
    user = rows.filter(username=published.username).first() if published else None
    if user is None:
        raise Http404
    login(request, user, backend=_BACKEND)
    _keep_language(user)
    UserSession.objects.create_from_request(request)
    return redirect("web:home")


def _keep_language(user: Any) -> None:
    """Let the newcomer go on in the language in which they read this page."""
    by = Actor(user.pk, user.full_name, language=user.language)
    code = (get_language() or "ky")[:2]
    accounts.choose_language(code, by=by, at=timezone.now())


@_only_here
@require_GET
def specimen(request: HttpRequest, key: str) -> HttpResponseBase:  # noqa: ARG001
    """Give the drawn picture of a specimen document."""
    found = next((s for s in SPECIMENS if s.key == key), None)
    if found is None:
        raise Http404
    return FileResponse(found.path.open("rb"), filename=found.file)
