"""The room's place in Django."""

from django.apps import AppConfig


class Demo(AppConfig):
    """See the package's docstring."""

    name = "darbaza.demo"
    label = "demo"
