"""The room's place in Django."""

from django.apps import AppConfig

from darbaza.audit import texts as audit
from darbaza.gate import texts
from darbaza.pages import grounds


class Gate(AppConfig):
    """See the package's docstring."""

    name = "darbaza.gate"
    label = "gate"

    def ready(self) -> None:
        """Give our ground codes and events their words."""
        grounds.register(texts.TEXTS)
        audit.register(texts.EVENTS)
