"""The room's place in Django."""

from django.apps import AppConfig


class Entitlements(AppConfig):
    """See the package's docstring."""

    name = "darbaza.entitlements"
    label = "entitlements"
