"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.gate.views import board, desk, inner, lists, papers, parcel_steps

app_name = "gate"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/items/", parcel_steps.items, name="desk_items"),
    path("desk/options/", desk.options, name="desk_options"),
    path("desk/beside/", desk.beside, name="desk_beside"),
    path("desk/window/", desk.window, name="desk_window"),
    path("desk/<uuid:draft_id>/inbox/", desk.inbox, name="desk_inbox"),
    path("desk/<uuid:draft_id>/crop.png", desk.crop, name="desk_crop"),
    path("desk/do/<slug:name>/", desk.act, name="desk_act"),
    path("inner/", inner.inner, name="inner"),
    path("inner/scan/", inner.scan, name="inner_scan"),
    path("inner/out/", inner.out, name="inner_out"),
    path("inner/other/", inner.other, name="inner_other"),
    path("inner/lost/", inner.lost, name="inner_lost"),
    path("inner/lost/<uuid:visitor_id>/", inner.without_pass, name="inner_without"),
    path("board/", board.board, name="board"),
    path("evacuation/", lists.evacuation, name="evacuation"),
    path("evacuation.pdf", lists.evacuation_pdf, name="evacuation_pdf"),
    path("shift/", lists.shift_report, name="shift_report"),
    path("shift.pdf", lists.shift_report_pdf, name="shift_report_pdf"),
    path("passes/<uuid:visit_id>.pdf", papers.passes_pdf, name="passes_pdf"),
    path("passes/<uuid:visit_id>/", papers.passes_print, name="passes_print"),
    path("refusals/<uuid:refusal_id>.pdf", papers.refusal_pdf, name="refusal_pdf"),
    path("refusals/<uuid:refusal_id>/", papers.refusal_print, name="refusal_print"),
    path("notice/", papers.notice_print, name="notice_print"),
]
