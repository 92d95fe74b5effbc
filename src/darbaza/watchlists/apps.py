"""The room's place in Django."""

from importlib import import_module

from django.apps import AppConfig

from darbaza.watchlists import texts


class Watchlists(AppConfig):
    """Watch-lists."""

    name = "darbaza.watchlists"
    label = "watchlists"

    def ready(self) -> None:
        """Give our codes and events their words; put our panel on people's pages."""
        texts.register()
        import_module("darbaza.watchlists.panels")  # needs the models
