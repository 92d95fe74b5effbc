"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.parcels.views import (
    bags,
    catalogue,
    correcting,
    findings,
    inspecting,
    public,
    receipts,
    rounds,
    searches,
    sendings,
    shift,
)

app_name = "parcels"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", sendings.today, name="today"),
    path("all/", sendings.sendings, name="sendings"),
    path("<uuid:sending_id>/", sendings.sending, name="sending"),
    path("<uuid:sending_id>/cancel/", sendings.cancel, name="cancel"),
    path("<uuid:sending_id>/correct/", correcting.correct, name="correct"),
    path("pictures/<uuid:picture_id>/", sendings.picture, name="picture"),
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
    # the store and its rounds
    path("store/", rounds.store, name="store"),
    path("round/", rounds.round_, name="round"),
    path("round.pdf", rounds.round_pdf, name="round_pdf"),
    path("round/send/", rounds.round_send, name="round_send"),
    path("round/paper/", rounds.paper, name="paper"),
    path("bags/<uuid:bag_id>/deliver/", rounds.deliver, name="deliver"),
    path("bags/<uuid:bag_id>/miss/", rounds.miss, name="miss"),
    path("bags/<uuid:bag_id>/back/", rounds.give_back, name="give_back"),
    path("bags/<uuid:bag_id>/on/", rounds.send_on, name="send_on"),
    # the catalogue and its orders
    path("goods/", catalogue.goods, name="goods"),
    path("goods/add/", catalogue.item_add, name="item_add"),
    path("goods/<uuid:item_id>/", catalogue.item, name="item"),
    path("goods/<uuid:item_id>/close/", catalogue.item_close, name="item_close"),
    path("barcodes/", catalogue.barcodes, name="barcodes"),
    path("barcodes/<uuid:barcode_id>/", catalogue.barcode, name="barcode"),
    path("bundles/", catalogue.bundles, name="bundles"),
    path("bundles/add/", catalogue.bundle, name="bundle_add"),
    path("bundles/<uuid:bundle_id>/", catalogue.bundle, name="bundle"),
    path(
        "bundles/<uuid:bundle_id>/close/", catalogue.bundle_close, name="bundle_close"
    ),
    path("suspensions/", catalogue.suspensions, name="suspensions"),
    path(
        "suspensions/<uuid:suspension_id>/end/",
        catalogue.suspension_end,
        name="suspension_end",
    ),
    # open to families
    path("state/", public.state, name="state"),
    path("list/", public.goods_list, name="list"),
    path("list/code/", public.list_code, name="list_code"),
    path("list.pdf", public.list_pdf, name="list_pdf"),
    path("may-bring/", public.may_bring, name="may_bring"),
    path("may-bring.pdf", public.may_bring_pdf, name="may_bring_pdf"),
    # the inspection and its bags
    path("inspection/", inspecting.inspection, name="inspection"),
    path("bags/<uuid:bag_id>/", bags.bag, name="bag"),
    path("bags/<uuid:bag_id>/inspect/", inspecting.inspect, name="inspect"),
    path("bags/<uuid:bag_id>/step/<slug:name>/", bags.step, name="step"),
    path("bags/<uuid:bag_id>/find/", findings.find, name="find"),
    path("bags/<uuid:bag_id>/undo/", findings.undo_seizure, name="undo_seizure"),
    path("bags/<uuid:bag_id>/picture/", bags.add_picture, name="add_picture"),
    path("bags/<uuid:bag_id>/label.pdf", bags.label, name="label"),
    path("bags/<uuid:bag_id>/label/send/", bags.label_send, name="label_send"),
    path("bags/pictures/<uuid:picture_id>/", bags.bag_picture, name="bag_picture"),
    # findings, searches, the shift
    path("findings/", findings.findings, name="findings"),
    path("findings/export/", findings.export, name="findings_export"),
    path("findings/<uuid:finding_id>/", findings.finding, name="finding"),
    path("findings/<uuid:finding_id>/withdraw/", findings.withdraw, name="withdraw"),
    path("findings/<uuid:finding_id>/release/", findings.release, name="release"),
    path("findings/<uuid:finding_id>/protocol.pdf", findings.protocol, name="protocol"),
    path(
        "findings/<uuid:finding_id>/protocol/send/",
        findings.protocol_send,
        name="protocol_send",
    ),
    path("search/<uuid:person_id>/", searches.search_person, name="search_person"),
    path(
        "searches/<uuid:search_id>/find/",
        findings.find_on_person,
        name="find_on_person",
    ),
    path("shift/", shift.shift_picture, name="shift_picture"),
    path("chain/", shift.chain, name="chain"),
    path("chain/export/", shift.chain_export, name="chain_export"),
]
