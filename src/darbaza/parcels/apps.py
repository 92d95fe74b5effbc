"""The room's place in Django."""

from importlib import import_module

from django.apps import AppConfig

from darbaza.parcels import texts


class Parcels(AppConfig):
    """Packages, parcels and what becomes of everything in them."""

    name = "darbaza.parcels"
    label = "parcels"

    def ready(self) -> None:
        """Give our ground codes and events their words; put our panels on pages."""
        texts.register()
        import_module("darbaza.parcels.panels")  # needs the models
