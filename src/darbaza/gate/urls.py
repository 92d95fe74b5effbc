"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.gate.views import desk

app_name = "gate"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/options/", desk.options, name="desk_options"),
    path("desk/beside/", desk.beside, name="desk_beside"),
    path("desk/window/", desk.window, name="desk_window"),
    path("desk/<uuid:draft_id>/inbox/", desk.inbox, name="desk_inbox"),
    path("desk/<uuid:draft_id>/crop.png", desk.crop, name="desk_crop"),
    path("desk/do/<slug:name>/", desk.act, name="desk_act"),
]
