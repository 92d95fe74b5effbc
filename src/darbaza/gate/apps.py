"""The room's place in Django."""

from django.apps import AppConfig

from darbaza.gate import texts
from darbaza.pages import grounds


class Gate(AppConfig):
    """See the package's docstring."""

    name = "darbaza.gate"
    label = "gate"

    def ready(self) -> None:
        """Give our ground codes their words."""
        grounds.register(texts.TEXTS)
