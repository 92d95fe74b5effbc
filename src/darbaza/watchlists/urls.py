"""Addresses of this room, under ``/watch-lists/``."""

from django.urls import URLPattern, path

from darbaza.watchlists.views import judging, lists, loading

app_name = "watchlists"
urlpatterns: list[URLPattern] = [
    path("", lists.lists, name="lists"),
    path("new/", lists.new, name="new"),
    path("screen/", lists.screen, name="screen"),
    path("screenings/<uuid:screening_id>/", lists.screening, name="screening"),
    path(
        "screenings/<uuid:screening_id>/progress/",
        lists.progress,
        name="screening_progress",
    ),
    path("files/<uuid:version_id>/", loading.version, name="version"),
    path("files/<uuid:version_id>/take-over/", loading.take_over, name="take_over"),
    path("files/<uuid:version_id>/drop/", loading.drop, name="drop"),
    path("likenesses/", judging.likenesses, name="likenesses"),
    path("likenesses/export/", judging.export, name="export"),
    path("likenesses/<uuid:likeness_id>/", judging.likeness, name="likeness"),
    path("<uuid:list_id>/", lists.watch_list, name="list"),
    path("<uuid:list_id>/change/", lists.change, name="change"),
    path("<uuid:list_id>/erase/", lists.erase, name="erase"),
    path("<uuid:list_id>/load/", loading.load, name="load"),
]
