"""The search of a person at the entrance, with consent or not at all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from darbaza.accounts.permissions import Permission
from darbaza.kernel.errors import Forbidden, Invalid
from darbaza.pages.requests import Request
from darbaza.parcels import selectors, services
from darbaza.parcels.forms import inspecting as forms
from darbaza.parcels.services import SearchDraft
from darbaza.parcels.views import seeing
from darbaza.persons import selectors as persons

SHOWN = 10


@require_http_methods(["GET", "POST"])
def search_person(request: Request, person_id: UUID) -> HttpResponse:
    """Record a search; what it found goes on to its finding."""
    by = request.actor
    if not by.may(Permission.PARCEL_INSPECT):
        raise Forbidden(permission=Permission.PARCEL_INSPECT.value)
    person = persons.person(person_id, by=by)
    form = forms.SearchPerson(request.POST or None, sex=person.sex)
    if request.method == "POST" and form.is_valid():
        try:
            return _record(request, person.pk, form)
        except Invalid as error:
            form.refuse(error)
    attempts = selectors.earlier_attempts(person.pk, by=by)
    context = {
        "person": person,
        "form": form,
        "attempts": seeing.shown(attempts, by=by),
        "law": seeing.law({a.offence for a in attempts}, attempts, by=by),
        "searches": selectors.searches_of(person.pk, by=by)[:SHOWN],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "parcels/search_person.html", context, status=status)


def _record(
    request: Request, person_id: UUID, form: forms.SearchPerson
) -> HttpResponse:
    given = form.cleaned_data
    draft = SearchDraft(
        person_id, given["kind"], given["reason"], given["consent"] == "yes",
        given["officer_sex"], found=given["result"] == "found", note=given["note"],
        person_sex=given.get("person_sex", ""),
    )  # fmt: skip
    row = services.search(
        draft, request_id=given["request_id"], by=request.actor, at=timezone.now()
    )
    if row.result == "found":
        return redirect("parcels:find_on_person", row.pk)
    if row.result == "no_consent":
        words = _("No consent: this person does not come in. Nothing else follows.")
        messages.warning(request, words)
    else:
        messages.success(request, _("Recorded."))
    return redirect("parcels:search_person", person_id)
