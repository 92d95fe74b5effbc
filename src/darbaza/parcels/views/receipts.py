"""The receipt of a sending: as PDF for the printer, as a page for any browser."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from darbaza.pages import papers
from darbaza.pages.requests import Request
from darbaza.parcels import selectors, sheets


@require_GET
def receipt_pdf(request: Request, sending_id: UUID) -> HttpResponse:
    """Give the receipt of a sending; every print is counted."""
    data = _receipt(request, sending_id)
    name = f"receipt-{data['number']}"
    return papers.answer("parcels", "receipt", data, name=name)


@require_GET
@papers.framed
@xframe_options_sameorigin
def receipt_print(request: Request, sending_id: UUID) -> HttpResponse:
    """Show the same receipt as a page that prints itself anywhere."""
    data = _receipt(request, sending_id)
    with translation.override(data["language"]):
        return render(request, "parcels/papers/receipt.html", {"paper": data})


def _receipt(request: Request, sending_id: UUID) -> dict[str, Any]:
    row = selectors.sending(sending_id, by=request.actor)
    given = {"number": row.reference, "code": row.secret}
    try:
        page = request.build_absolute_uri(reverse("parcels:state"))
    except NoReverseMatch:
        page = ""
    return sheets.counted_receipt(
        sending_id,
        request.GET.get("size", ""),
        address=f"{page}?{urlencode(given)}",
        by=request.actor,
        at=timezone.now(),
    )
