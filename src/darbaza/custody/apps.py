"""The room's place in Django."""

from importlib import import_module

from django.apps import AppConfig

from darbaza.audit import texts as audit
from darbaza.custody import texts
from darbaza.custody.imports import texts as imports
from darbaza.pages import grounds


class Custody(AppConfig):
    """See the package's docstring."""

    name = "darbaza.custody"
    label = "custody"

    def ready(self) -> None:
        """Give our codes their words; bring our part to people's pages."""
        grounds.register(texts.TEXTS)
        grounds.register(imports.TEXTS)
        audit.register(texts.EVENTS)
        # Needs the models, which are not there when this module is read.
        import_module("darbaza.custody.panels")
