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
        """Give our ground codes and events their words; hear of searches."""
        from darbaza.gate.services import stamps  # noqa: PLC0415 - models first
        from darbaza.parcels.services import beginning  # noqa: PLC0415 - the same

        grounds.register(texts.TEXTS)
        audit.register(texts.EVENTS)
        beginning.tell_of_searches(stamps.searched)
