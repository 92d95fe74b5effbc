"""Addresses of the house itself."""

from django.urls import path

from darbaza.web.views import house

app_name = "web"
urlpatterns = [
    path("", house.home, name="home"),
    path("about/", house.about, name="about"),
    path("privacy/", house.privacy, name="privacy"),
    path("keys/", house.keys, name="keys"),
    path("healthz", house.healthz, name="healthz"),
]
