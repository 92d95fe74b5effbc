"""Papers at the gate: as PDF for the printer, as a page for any browser."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from darbaza.gate import sheets
from darbaza.pages import papers
from darbaza.pages.requests import Request
from darbaza.visits import selectors as visits


@require_GET
def passes_pdf(request: Request, visit_id: UUID) -> HttpResponse:
    """Give the valid passes of a visit; every print is counted."""
    data = _passes(request, visit_id)
    return pdf("pass", data, f"pass-{data['reference']}")


@require_GET
@papers.framed
@xframe_options_sameorigin
def passes_print(request: Request, visit_id: UUID) -> HttpResponse:
    """Show the same passes as a page that prints itself anywhere."""
    return render(request, "gate/papers/passes.html", _passes(request, visit_id))


@require_GET
def refusal_pdf(request: Request, refusal_id: UUID) -> HttpResponse:
    """Give a refusal as it is told to the family."""
    data = _refusal(request, refusal_id)
    return pdf("refusal", data, f"refusal-{data['number']}")


@require_GET
@papers.framed
@xframe_options_sameorigin
def refusal_print(request: Request, refusal_id: UUID) -> HttpResponse:
    """Show the same refusal as a page that prints itself anywhere."""
    data = _refusal(request, refusal_id)
    with translation.override(data["language"]):
        context = {"paper": data, "size": sheets.size_of(request.GET.get("size", ""))}
        return render(request, "gate/papers/refusal.html", context)


@require_GET
def notice_print(request: Request) -> HttpResponse:
    """Lead to the privacy notice, in the visitor's language where one is given."""
    language = sheets.language_of(request.GET.get("language", ""), "")
    query = f"?language={language}" if language else ""
    return redirect(reverse("web:privacy") + query)


def pdf(sheet: str, data: Mapping[str, Any], name: str) -> HttpResponse:
    """Return a sheet of ours as an answer; a browser shows it inside its frame."""
    return papers.answer("gate", sheet, data, name=name)


def _passes(request: Request, visit_id: UUID) -> dict[str, Any]:
    size = request.GET.get("size", "")
    return sheets.counted_passes(visit_id, size, by=request.actor, at=timezone.now())


def _refusal(request: Request, refusal_id: UUID) -> dict[str, Any]:
    row = visits.refusal(refusal_id, by=request.actor)
    language = request.GET.get("language", "")
    return sheets.counted_refusal(row, language, by=request.actor, at=timezone.now())
