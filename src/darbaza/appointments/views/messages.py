"""The outbox: what waits, what went, what failed; the list for the telephone."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from darbaza.accounts.permissions import Permission
from darbaza.appointments import selectors, services, sheets, tables, texts
from darbaza.appointments.forms import following as forms
from darbaza.appointments.models import Message
from darbaza.pages import papers
from darbaza.pages.requests import Request

AT_ONCE = 200


@require_GET
def outbox(request: Request) -> HttpResponse:
    """List the texts to families, with what is wrong with the gateway."""
    by = request.actor
    form = forms.MessageFilters(request.GET)
    rows = _narrowed(selectors.messages(by=by), form)
    stands = selectors.outbox(by=by)
    context = {
        "form": form,
        "table": tables.MESSAGES.view(rows, request.GET),
        "counts": [
            (label, stands.by_state.get(value, 0))
            for value, label in Message.State.choices
        ],
        "failed": stands.by_state.get(Message.State.FAILED, 0),
        "trouble": texts.trouble(stands.trouble),
        "printed": settings.DARBAZA_MESSAGES is None,
        "to_tell": selectors.to_tell(by=by, at=timezone.now()).count(),
        "test": forms.TestText(),
        "may_send": by.may(Permission.APPOINTMENT_BOOK),
        "may_test": by.may(Permission.APPOINTMENT_PLAN),
    }
    return render(request, "appointments/outbox.html", context)


@require_GET
def calls(request: Request) -> HttpResponse:
    """Show what is to be read out by telephone, to be ticked off."""
    rows = selectors.to_tell(by=request.actor, at=timezone.now())
    context = {"rows": rows[:AT_ONCE], "total": rows.count()}
    return render(request, "appointments/calls.html", context)


@require_POST
def tell(request: Request) -> HttpResponse:
    """Tick off what was read out."""
    done = services.tell(_chosen(request), by=request.actor, at=timezone.now())
    words = ngettext("%(n)d text ticked off.", "%(n)d texts ticked off.", done)
    messages.success(request, words % {"n": done})
    return redirect("appointments:calls")


@require_POST
def again(request: Request) -> HttpResponse:
    """Let all that failed go once more."""
    by = request.actor
    failed = selectors.messages(by=by).filter(state=Message.State.FAILED)
    keys = list(failed.values_list("pk", flat=True)[:AT_ONCE])
    done = services.try_again(keys, by=by, at=timezone.now())
    words = ngettext("%(n)d text goes again.", "%(n)d texts go again.", done)
    messages.success(request, words % {"n": done})
    return redirect("appointments:messages")


@require_POST
def test(request: Request) -> HttpResponse:
    """Send a test text and say what the gateway said."""
    form = forms.TestText(request.POST)
    to = form.cleaned_data["to"] if form.is_valid() else ""
    words = _("%(place)s: this is a test of Darbaza.") % {"place": _("Entrance")}
    row = services.send_test(to, words, by=request.actor, at=timezone.now())
    if row.state == Message.State.SENT:
        messages.success(request, _("The gateway has taken the test text."))
    else:
        messages.error(request, texts.trouble(row.error))
    return redirect("appointments:messages")


@require_POST
def print_calls(request: Request) -> HttpResponse:
    """Give the list for the telephone as PDF; that it was printed is on record."""
    by, now = request.actor, timezone.now()
    rows = list(selectors.to_tell(by=by, at=now)[:AT_ONCE])
    services.note_printed([row.pk for row in rows], by=by, at=now)
    data = sheets.calls(rows, by=by, at=now, language=get_language() or "ky")
    return papers.answer("appointments", "calls", data, name="calls")


def _chosen(request: HttpRequest) -> list[UUID]:
    """Return the keys that were ticked; what is no key is as good as none."""
    found = []
    for text in request.POST.getlist("message")[:AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _narrowed(rows: QuerySet[Message], form: forms.MessageFilters) -> QuerySet[Message]:
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return rows.filter(**{name: value for name, value in wanted.items() if value})
