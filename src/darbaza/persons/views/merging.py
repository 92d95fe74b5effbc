"""Two records side by side, made one; and apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from darbaza.kernel.errors import Conflict, Invalid
from darbaza.pages.requests import Request
from darbaza.persons import forms, pagedata, selectors, services
from darbaza.persons.models import Person

COMPARED = (
    "surname",
    "given_names",
    "patronymic",
    "surname_latin",
    "given_names_latin",
    "birth_on",
    "sex",
    "citizenship",
    "personal_number",
    "phone",
    "registered_at",
)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Show two records side by side; merge the right one into the left one."""
    actor = request.actor
    kept = selectors.person(person_id, by=actor)
    other = selectors.person(other_id, by=actor)
    form = forms.Why(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        at = timezone.now()
        try:
            services.merge(person_id, other_id, reason=reason, by=actor, at=at)
        except (Conflict, Invalid) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The two records are one now."))
            return redirect("persons:person", person_id)
    context = {
        "kept": kept,
        "other": other,
        "rows": _rows(kept, other),
        "both": [
            {
                "name": one.name,
                "photo_url": pagedata.photo_url(one),
                "papers": selectors.documents(one.pk, by=actor),
            }
            for one in (kept, other)
        ],
        "decision": selectors.merge_decision(person_id, other_id, by=actor),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "persons/merge.html", context, status=status)


@require_POST
def undo(request: Request, merge_id: UUID) -> HttpResponse:
    """Part two records again."""
    row = services.undo_merge(merge_id, by=request.actor, at=timezone.now())
    messages.success(request, _("The two records are apart again, as they were."))
    return redirect("persons:person", row.kept_id)


def _rows(kept: Person, other: Person) -> list[dict[str, object]]:
    rows = []
    for name in COMPARED:
        field = Person._meta.get_field(name)
        values = [_shown(person, name) for person in (kept, other)]
        differs = values[0] != values[1]
        label = str(getattr(field, "verbose_name", name))
        rows.append({"label": label, "values": values, "differs": differs})
    return rows


def _shown(person: Person, name: str) -> object:
    return person.get_sex_display() if name == "sex" else getattr(person, name)
