"""The room's place in Django."""

from django.apps import AppConfig


class Web(AppConfig):
    """See the package's docstring."""

    name = "darbaza.web"
    label = "web"
