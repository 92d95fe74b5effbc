"""The room's place in Django."""

from django.apps import AppConfig

from darbaza.watchlists import texts


class Watchlists(AppConfig):
    """Watch-lists."""

    name = "darbaza.watchlists"
    label = "watchlists"

    def ready(self) -> None:
        """Give our codes and events their words."""
        texts.register()
