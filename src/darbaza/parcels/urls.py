"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.parcels.views import (
    bags,
    findings,
    inspecting,
    receipts,
    searches,
    shift,
)

app_name = "parcels"
urlpatterns: list[URLPattern | URLResolver] = [
    # the inspection and its bags
    path("inspection/", inspecting.inspection, name="inspection"),
    path("bags/<uuid:bag_id>/", bags.bag, name="bag"),
    path("bags/<uuid:bag_id>/inspect/", inspecting.inspect, name="inspect"),
    path("bags/<uuid:bag_id>/step/<slug:name>/", bags.step, name="step"),
    path("bags/<uuid:bag_id>/find/", findings.find, name="find"),
    path("bags/<uuid:bag_id>/picture/", bags.add_picture, name="add_picture"),
    path("bags/<uuid:bag_id>/label.pdf", bags.label, name="label"),
    path("bags/pictures/<uuid:picture_id>/", bags.bag_picture, name="bag_picture"),
    # findings, searches, the shift
    path("findings/", findings.findings, name="findings"),
    path("findings/export/", findings.export, name="findings_export"),
    path("findings/<uuid:finding_id>/", findings.finding, name="finding"),
    path("findings/<uuid:finding_id>/withdraw/", findings.withdraw, name="withdraw"),
    path("findings/<uuid:finding_id>/protocol.pdf", findings.protocol, name="protocol"),
    path("search/<uuid:person_id>/", searches.search_person, name="search_person"),
    path(
        "searches/<uuid:search_id>/find/",
        findings.find_on_person,
        name="find_on_person",
    ),
    path("shift/", shift.shift_picture, name="shift_picture"),
    path("chain/", shift.chain, name="chain"),
    path("chain/export/", shift.chain_export, name="chain_export"),
    # papers of a sending
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
