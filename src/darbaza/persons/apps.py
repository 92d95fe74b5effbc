"""The room's place in Django."""

from django.apps import AppConfig

from darbaza.audit import texts as audit
from darbaza.pages import grounds
from darbaza.persons import texts


class Persons(AppConfig):
    """See the package's docstring."""

    name = "darbaza.persons"
    label = "persons"

    def ready(self) -> None:
        """Give our codes their words."""
        grounds.register(texts.TEXTS)
        audit.register(texts.EVENTS)
