"""Addresses of this room."""

from django.urls import URLPattern, URLResolver

app_name = "gate"
urlpatterns: list[URLPattern | URLResolver] = []
