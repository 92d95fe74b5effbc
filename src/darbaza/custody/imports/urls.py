"""Addresses of imports, under ``/prisoners/import/``."""

from django.urls import URLPattern, path

from darbaza.custody.imports import views

urlpatterns: list[URLPattern] = [
    path("", views.imports, name="imports"),
    path("empty/<slug:kind>/<slug:language>/", views.empty, name="import_empty"),
    path("<uuid:batch_id>/", views.batch, name="import"),
    path("<uuid:batch_id>/columns/", views.match, name="import_columns"),
    path("<uuid:batch_id>/begin/", views.begin, name="import_begin"),
    path("<uuid:batch_id>/progress/", views.progress, name="import_progress"),
    path("<uuid:batch_id>/errors/", views.errors, name="import_errors"),
    path("<uuid:batch_id>/undo/", views.undo, name="import_undo"),
    path("<uuid:batch_id>/passwords/", views.passwords, name="import_passwords"),
]
