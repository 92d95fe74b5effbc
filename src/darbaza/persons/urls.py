"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from darbaza.persons.views import finding, merging, page

app_name = "persons"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", finding.search, name="search"),
    path("new/", finding.new, name="new"),
    path("photos/<uuid:photo_id>.jpg", page.photo, name="photo"),
    path("merges/<uuid:merge_id>/undo/", merging.undo, name="undo_merge"),
    path("<uuid:person_id>/", page.person, name="person"),
    path("<uuid:person_id>/edit/", finding.edit, name="edit"),
    path("<uuid:person_id>/document/", finding.document, name="document"),
    path("<uuid:person_id>/photo/", page.photograph, name="photograph"),
    path("<uuid:person_id>/notice/", page.notice, name="notice"),
    path("<uuid:person_id>/merge/<uuid:other_id>/", merging.merge, name="merge"),
]
