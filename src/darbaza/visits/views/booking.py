"""Booking beforehand, and later entry from the paper book: both begin with whom."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.custody import selectors as custody
from darbaza.pages.requests import Request
from darbaza.visits import forms, selectors, services
from darbaza.visits.policies import papers
from darbaza.visits.types import Party, Registration, VisitorFacts
from darbaza.visits.views import choosing

AHEAD = timedelta(days=28)
BACK = timedelta(days=3)


@require_GET
def whom(request: Request, purpose: str) -> HttpResponse:
    """Find the prisoner; the next page asks who comes and when."""
    query = request.GET.get("q", "").strip()
    hits = custody.search(query, by=request.actor) if query else []
    context = {"query": query, "hits": hits, "purpose": purpose}
    return render(request, "visits/whom.html", context)


@require_http_methods(["GET", "POST"])
def book(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Book a visit for known contacts; a refusal is shown, not recorded."""
    if done := _done(request):
        return redirect("visits:visit", done.pk)
    now = timezone.now()
    today = timezone.localdate(now)
    context, slots = _context(request, prisoner_id, today, today + AHEAD)
    offered = choosing.choices((s for s in slots if s.ends_at > now), closed=False)
    form = forms.Book(request.POST or None, contacts=context["people"], slots=offered)
    context["form"] = form
    if not form.is_valid():
        return render(request, "visits/book.html", context)
    data = form.cleaned_data
    session = choosing.session(data["slot"], by=request.actor, at=now)
    wanted = _registration(context, data, today)
    wanted = _at(wanted, session)
    verdict = services.decide(wanted, by=request.actor, at=now)
    if not verdict.takes_place:
        context["verdict"] = verdict
        return render(request, "visits/book.html", context, status=409)
    booked = services.book(wanted, by=request.actor, at=now)
    messages.success(request, _("Booked: %(code)s") % {"code": booked.reference})
    return redirect("visits:visit", booked.visit_id)


@require_http_methods(["GET", "POST"])
def enter(request: Request, prisoner_id: UUID) -> HttpResponse:
    """Enter a visit from the paper book with its true times."""
    if done := _done(request):
        return redirect("visits:visit", done.pk)
    now = timezone.now()
    today = timezone.localdate(now)
    context, slots = _context(
        request, prisoner_id, today - BACK, today + timedelta(days=1)
    )
    named = [(choosing.key(s), choosing.words(s)) for s in slots]
    people = context["people"]
    form = forms.LaterEntry(request.POST or None, contacts=people, slots=named)
    context["form"] = form
    if not form.is_valid():
        return render(request, "visits/enter.html", context)
    data = form.cleaned_data
    wanted = _registration(context, data, today)
    if data["slot"]:
        wanted = _at(wanted, choosing.session(data["slot"], by=request.actor, at=now))
    paper = services.PaperVisit(wanted, data["came_in_at"], data["left_at"])
    entered = services.enter_later(paper, by=request.actor, at=now)
    if entered.conflicts:
        messages.warning(request, _("Entered. There are conflicts to look into."))
    else:
        messages.success(request, _("Entered, without conflict."))
    return redirect("visits:visit", entered.registered.visit_id)


def _done(request: Request) -> Any:
    """Return the visit that this very form made when it was sent before."""
    sent = request.POST.get("request_id", "")
    return selectors.of_request(sent, by=request.actor) if sent else None


def _context(
    request: Request, prisoner_id: UUID, first: date, last: date
) -> tuple[dict[str, Any], list[selectors.Slot]]:
    contacts = custody.contacts(
        prisoner_id=prisoner_id, by=request.actor
    ).prefetch_related("person__documents")
    rows = [c for c in contacts if c.status in {"approved", "pending"}]
    context = {
        "prisoner": custody.prisoner(prisoner_id, by=request.actor),
        "contacts": {str(c.person_id): c for c in rows},
        "people": [
            (str(c.person_id), f"{c.person.name} ({c.get_kinship_display()})")
            for c in rows
        ],
    }
    return context, selectors.sessions_between(first, last, by=request.actor)


def _registration(
    context: dict[str, Any], data: dict[str, Any], today: date
) -> Registration:
    people = [context["contacts"][key].person for key in data["visitors"]]
    grown = [p for p in people if not _is_child(p, today)]
    lead = (grown or people)[0]
    parties = [Party(lead.pk, "lead", _document(lead))]
    for person in people:
        if person is not lead:
            part = "child" if _is_child(person, today) else "adult"
            parties.append(Party(person.pk, part, _document(person)))
    return Registration(
        request_id=data["request_id"],
        prisoner_id=context["prisoner"].pk,
        kind=data["kind"],
        parties=tuple(parties),
        closed=data["closed"],
        note=data["note"],
    )


def _document(person: Any) -> UUID | None:
    """Return the newest document known; it is looked at when the person comes."""
    newest = max(person.documents.all(), key=lambda d: d.seen_at, default=None)
    return newest.pk if newest else None


def _is_child(person: Any, today: date) -> bool:
    facts = VisitorFacts(person.pk, "adult", birth_on=person.birth_on)
    return papers.is_minor(facts, on=today)


def _at(wanted: Registration, session: Any) -> Registration:
    return replace(
        wanted,
        session_id=session.pk,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )
