"""The room's place in Django."""

from importlib import import_module

from django.apps import AppConfig

from darbaza.audit import texts as audit
from darbaza.pages import grounds
from darbaza.visits import texts
from darbaza.visits.texts import history


class Visits(AppConfig):
    """See the package's docstring."""

    name = "darbaza.visits"
    label = "visits"

    def ready(self) -> None:
        """Give our ground codes and events their words."""
        audit.register(history.EVENTS)
        grounds.register(texts.TEXTS)
        import_module("darbaza.visits.panels")  # needs the models
