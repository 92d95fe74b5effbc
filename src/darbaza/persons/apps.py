"""The room's place in Django."""

from django.apps import AppConfig


class Persons(AppConfig):
    """See the package's docstring."""

    name = "darbaza.persons"
    label = "persons"
