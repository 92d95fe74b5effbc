"""The room's place in Django."""

from django.apps import AppConfig


class Custody(AppConfig):
    """See the package's docstring."""

    name = "darbaza.custody"
    label = "custody"
