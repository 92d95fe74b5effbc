"""Addresses of the house itself."""

from django.urls import path

from darbaza.web.views import house, record

app_name = "web"
urlpatterns = [
    path("", house.home, name="home"),
    path("about/", house.about, name="about"),
    path("privacy/", house.privacy, name="privacy"),
    path("keys/", house.keys, name="keys"),
    path("record/", record.record, name="record"),
    path("record/export/", record.export, name="record_export"),
    path("record/chains/", record.chains, name="chains"),
    path("record/chains/<uuid:institution_id>/", record.start, name="start_check"),
    path("record/checks/<uuid:check_id>/", record.check, name="check"),
    path("record/heads/", record.heads, name="heads"),
    path("healthz", house.healthz, name="healthz"),
]
