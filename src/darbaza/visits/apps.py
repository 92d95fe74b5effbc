"""The room's place in Django."""

from django.apps import AppConfig


class Visits(AppConfig):
    """See the package's docstring."""

    name = "darbaza.visits"
    label = "visits"
