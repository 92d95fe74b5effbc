"""Addresses of this room."""

from django.urls import path

from darbaza.sites.views import institutions, places, posts

app_name = "sites"
urlpatterns = [
    path("", institutions.institution, name="institution"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/new/", institutions.add, name="add_institution"),
    path(
        "institutions/<uuid:institution_id>/",
        institutions.institution,
        name="institution_of",
    ),
    path(
        "institutions/<uuid:institution_id>/change/",
        institutions.change,
        name="change_institution",
    ),
    path(
        "institutions/<uuid:institution_id>/close/",
        institutions.close,
        name="close_institution",
    ),
    path(
        "institutions/<uuid:institution_id>/reopen/",
        institutions.reopen,
        name="reopen_institution",
    ),
    path("my-post/", posts.choose, name="choose_post"),
    path("places/<slug:kind>/", places.places, name="places"),
    path("places/<slug:kind>/new/", places.add, name="add"),
    path("places/<slug:kind>/new/<uuid:within>/", places.add, name="add_within"),
    path("places/<slug:kind>/<uuid:place_id>/", places.place, name="place"),
    path("places/<slug:kind>/<uuid:place_id>/close/", places.close, name="close"),
    path("places/<slug:kind>/<uuid:place_id>/reopen/", places.reopen, name="reopen"),
]
