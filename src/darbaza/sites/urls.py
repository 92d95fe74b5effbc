"""Addresses of this room."""

from django.urls import path

from darbaza.sites.views import institutions, jobs, places, posts, printers

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
    path("printers/", printers.printers, name="printers"),
    path("printers/new/", printers.add, name="add_printer"),
    path("printers/<uuid:printer_id>/", printers.printer, name="printer"),
    path("printers/<uuid:printer_id>/ask/", printers.ask, name="ask_printer"),
    path("printers/<uuid:printer_id>/test/", printers.test, name="test_printer"),
    path("printers/<uuid:printer_id>/close/", printers.close, name="close_printer"),
    path("printers/<uuid:printer_id>/reopen/", printers.reopen, name="reopen_printer"),
    path("printers/papers/", jobs.jobs, name="print_jobs"),
    path("printers/papers/<uuid:job_id>/", jobs.job, name="print_job"),
    path("printers/papers/<uuid:job_id>/again/", jobs.again, name="print_again"),
    path(
        "printers/papers/<uuid:job_id>/elsewhere/",
        jobs.elsewhere,
        name="print_elsewhere",
    ),
    path("printers/papers/<uuid:job_id>/cancel/", jobs.cancel, name="print_cancel"),
    path("printers/papers/<uuid:job_id>/paper.pdf", jobs.paper, name="print_paper"),
]
