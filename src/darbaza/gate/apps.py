"""The room's place in Django."""

from django.apps import AppConfig


class Gate(AppConfig):
    """See the package's docstring."""

    name = "darbaza.gate"
    label = "gate"
