"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.parcels.views import receipts

app_name = "parcels"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "sendings/<uuid:sending_id>/receipt.pdf",
        receipts.receipt_pdf,
        name="receipt_pdf",
    ),
    path(
        "sendings/<uuid:sending_id>/receipt/",
        receipts.receipt_print,
        name="receipt_print",
    ),
]
