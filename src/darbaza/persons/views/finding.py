"""Search, and the pages that make or change a record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages.forms import Form
from darbaza.pages.requests import Request
from darbaza.persons import forms, selectors, services
from darbaza.persons.types import Hit

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def search(request: Request) -> HttpResponse:
    """Find a person by name in any script, by document or by personal number."""
    form = forms.Find(request.GET or None)
    hits: list[Hit] = []
    asked = form.is_valid() and form.cleaned_data["q"]
    if asked:
        birth_on = form.cleaned_data["birth_on"]
        hits = selectors.search(asked, birth_on, by=request.actor, limit=50)
    context = {"form": form, "hits": hits, "asked": asked}
    page = "persons/search.html"
    return render(request, f"{page}#hits" if request.htmx else page, context)


@FORM
def new(request: Request) -> HttpResponse:
    """Register somebody; those who may be the same person are shown first."""
    form = forms.Person(request.POST or None, initial=_typed(request))
    document = forms.FirstDocument(request.POST or None)
    known: list[Hit] = []
    if request.method == "POST" and form.is_valid() and document.is_valid():
        draft, paper = form.draft(), document.given()
        if "sure" not in request.POST:
            known = selectors.known(draft, paper, by=request.actor)
        if not known:
            try:
                person = services.register(
                    draft,
                    paper,
                    by=request.actor,
                    at=timezone.now(),
                    request_id=form.cleaned_data["request_id"],
                )
            except (Conflict, Invalid) as error:
                form.refuse(error)
            else:
                messages.success(request, _("Registered."))
                return redirect("persons:person", person.pk)
    context = {"form": form, "document": document, "known": known}
    status = 422 if request.method == "POST" and not known else 200
    return render(request, "persons/new.html", context, status=status)


@FORM
def edit(request: Request, person_id: UUID) -> HttpResponse:
    """Correct what is written about a person."""
    person = selectors.person(person_id, by=request.actor)
    initial = {name: getattr(person, name) for name in forms.PERSON}
    form = forms.Correction(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(
                person.pk,
                form.draft(),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=timezone.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("persons:person", person.pk)
    context = {"person": person, "form": form, "title": _("Correct the data")}
    return render(request, "persons/form.html", context, status=_status(form))


@FORM
def document(request: Request, person_id: UUID) -> HttpResponse:
    """Add a document that the person shows."""
    person = selectors.person(person_id, by=request.actor)
    form = forms.Document(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = form.draft()
        try:
            services.add_document(person.pk, draft, by=request.actor, at=timezone.now())
        except Invalid as error:
            form.refuse(error)
        else:
            messages.success(request, _("Document added."))
            return redirect("persons:person", person.pk)
    context = {"person": person, "form": form, "title": _("Add a document")}
    return render(request, "persons/form.html", context, status=_status(form))


def _status(form: Form) -> int:
    return 422 if form.is_bound else 200


def _typed(request: Request) -> dict[str, str]:
    """Take what was searched for into the form of a new person."""
    words = request.GET.get("q", "")[:120].split()
    if not words or any(letter.isdigit() for letter in "".join(words)):
        return {}
    latin = "".join(words).isascii()
    names = {"surname": words[0], "given_names": " ".join(words[1:])}
    return {f"{k}_latin" if latin else k: value for k, value in names.items()}
