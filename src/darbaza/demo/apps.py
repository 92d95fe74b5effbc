"""The room's place in Django."""

from django.apps import AppConfig

from darbaza.audit import texts as audit
from darbaza.demo import texts


class Demo(AppConfig):
    """See the package's docstring."""

    name = "darbaza.demo"
    label = "demo"

    def ready(self) -> None:
        """Give our events their words."""
        audit.register(texts.EVENTS)
