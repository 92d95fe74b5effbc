"""Users of the institution: list, one user, roles, resets."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from darbaza.accounts import forms, places, selectors, services, texts
from darbaza.accounts.models import User
from darbaza.accounts.permissions import Permission, Role
from darbaza.accounts.types import OneTime, UserChange, UserDraft
from darbaza.audit import selectors as audit
from darbaza.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from darbaza.pages.requests import Request
from darbaza.pages.tables import Column, Table

HISTORY_SHOWN = 50


def _search(rows: Any, query: str) -> Any:
    return rows.filter(full_name__icontains=query) | rows.filter(
        username__icontains=query
    )


def _link(user: User) -> str:
    return reverse("accounts:user", args=[user.pk])


TABLE: Table[User] = Table(
    columns=(
        Column(
            "name",
            pgettext_lazy("person", "Name"),
            value=lambda u: u.full_name,
            order="full_name",
            link=_link,
        ),
        Column(
            "username",
            gettext_lazy("Sign-in name"),
            value=lambda u: u.username,
            order="username",
        ),
        Column("rank", gettext_lazy("Rank"), value=lambda u: u.rank, order="rank"),
        Column(
            "roles",
            gettext_lazy("Roles"),
            value=lambda u: ", ".join(
                texts.role(a.role) for a in u.assignments.all() if a.ended_at is None
            ),
        ),
        Column(
            "last",
            gettext_lazy("Last signed in"),
            value=lambda u: u.last_login,
            order="last_login",
        ),
        Column(
            "ended",
            gettext_lazy("Closed"),
            value=lambda u: u.ended_at,
            order="ended_at",
        ),
    ),
    search=_search,
    order="name",
)


@require_GET
def users(request: Request) -> HttpResponse:
    """List the people who work with the product here."""
    form = forms.Filter(request.GET)
    rows = selectors.users(by=request.actor).prefetch_related("assignments")
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data)
    context = {
        "form": form,
        "table": TABLE.view(rows, request.GET),
        "may_manage": request.actor.may(Permission.USER_MANAGE),
    }
    return render(request, "accounts/users.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def new(request: Request) -> HttpResponse:
    """Make a user; show the one-time password, once."""
    _must_manage(request)
    form = forms.NewUser(request.POST or None, initial={"language": "ky"})
    if form.is_valid():
        try:
            made = services.create_user(
                _draft(form.cleaned_data), by=request.actor, at=timezone.now()
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            return _secret(request, made)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/new_user.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def user(request: Request, user_id: UUID) -> HttpResponse:
    """Show one user; correct name, rank and language."""
    person = selectors.user(user_id, by=request.actor)
    form = forms.Person(request.POST or None, initial=_initial(person))
    if form.is_valid():
        data = form.cleaned_data
        change = UserChange(data["full_name"], data["rank"], data["language"])
        services.change_user(user_id, change, by=request.actor, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("accounts:user", user_id)
    context = {**_about(request, person), "form": form}
    return render(request, "accounts/user.html", context)


@require_POST
def give(request: Request, user_id: UUID) -> HttpResponse:
    """Give a role here."""
    form = forms.Give(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        services.assign(user_id, role, by=request.actor, at=timezone.now())
        messages.success(request, _("The role counts from now on."))
    return redirect("accounts:user", user_id)


@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Give a role here to somebody who works elsewhere."""
    _must_manage(request)
    form = forms.Invite(request.POST or None)
    if form.is_valid():
        name, role = form.cleaned_data["username"], Role(form.cleaned_data["role"])
        try:
            row = services.assign_by_name(
                name, role, by=request.actor, at=timezone.now()
            )
        except (Conflict, NotFound) as error:
            form.refuse(error)
        else:
            return redirect("accounts:user", row.user_id)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/invite.html", {"form": form}, status=status)


@require_POST
def end_role(request: Request, user_id: UUID, assignment_id: UUID) -> HttpResponse:
    """End a role here."""
    services.end_assignment(assignment_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The role has ended."))
    return redirect("accounts:user", user_id)


@require_POST
@never_cache
def reset_password(request: Request, user_id: UUID) -> HttpResponse:
    """Give a one-time password and show it, once."""
    made = services.reset_password(user_id, by=request.actor, at=timezone.now())
    return _secret(request, made)


@require_POST
def reset_second_factor(request: Request, user_id: UUID) -> HttpResponse:
    """Take away a lost second factor."""
    services.reset_second_factor(user_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The second factor has been taken away."))
    return redirect("accounts:user", user_id)


@require_POST
def end_session(request: Request, user_id: UUID, session_id: int) -> HttpResponse:
    """End somebody's session."""
    services.end_session(user_id, session_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The session has ended."))
    return redirect("accounts:user", user_id)


@require_POST
def end(request: Request, user_id: UUID) -> HttpResponse:
    """Close an account."""
    services.end_user(user_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The account is closed."))
    return redirect("accounts:user", user_id)


@require_POST
def reopen(request: Request, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    services.reopen_user(user_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The account is open again; it has no role yet."))
    return redirect("accounts:user", user_id)


def _must_manage(request: Request) -> None:
    """Refuse the form already, not only what it sends."""
    if not request.actor.may(Permission.USER_MANAGE):
        raise Forbidden(permission=Permission.USER_MANAGE.value)


def _filtered(rows: Any, wanted: dict[str, Any]) -> Any:
    if wanted["state"] != "all":
        rows = rows.filter(ended_at__isnull=wanted["state"] != "ended")
    if wanted["role"]:
        holders = {"assignments__role": wanted["role"], "assignments__ended_at": None}
        rows = rows.filter(**holders).distinct()
    return rows


def _draft(data: dict[str, Any]) -> UserDraft:
    return UserDraft(
        id=data["request_id"],
        username=data["username"],
        full_name=data["full_name"],
        roles=frozenset(Role(role) for role in data["roles"]),
        rank=data["rank"],
        language=data["language"],
    )


def _initial(person: User) -> dict[str, str]:
    return {
        "full_name": person.full_name,
        "rank": person.rank,
        "language": person.language,
    }


def _secret(request: Request, made: OneTime) -> HttpResponse:
    person = selectors.user(made.id, by=request.actor)
    context = {"person": person, "secret": made.secret}
    return render(request, "accounts/one_time_password.html", context)


def _about(request: Request, person: User) -> dict[str, Any]:
    by, known = request.actor, places.places()
    roles = [
        {
            "row": row,
            "role": texts.role(row.role),
            "place": known[row.institution_id].name(places.language())
            if row.institution_id in known
            else "",
            "here": row.institution_id == by.institution_id,
        }
        for row in selectors.assignments(person.pk, by=by)
    ]
    entries = [
        {"what": audit.event_text(event.type), "at": event.at, "who": event.actor_name}
        for event in selectors.history(person.pk, by=by)[:HISTORY_SHOWN]
    ]
    return {
        "person": person,
        "roles": roles,
        "give": forms.Give(),
        "entries": entries,
        "sessions": selectors.sessions(person.pk, by=by),
        "second_factor": selectors.has_second_factor(person.pk, by=by),
        "may_manage": by.may(Permission.USER_MANAGE)
        and any(role["here"] for role in roles),
    }
