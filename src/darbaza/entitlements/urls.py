"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "entitlements"
urlpatterns: list[URLPattern | URLResolver] = []
