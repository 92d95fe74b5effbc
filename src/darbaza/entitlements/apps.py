"""The room's place in Django."""

from importlib import import_module

from django.apps import AppConfig


class Entitlements(AppConfig):
    """See the package's docstring."""

    name = "darbaza.entitlements"
    label = "entitlements"

    def ready(self) -> None:
        """Tell the record and the pages our words."""
        from darbaza.audit import texts as audit  # noqa: PLC0415 - models first
        from darbaza.entitlements import texts  # noqa: PLC0415 - the same

        audit.register(texts.EVENTS)
        texts.register()
        import_module("darbaza.entitlements.panels")  # needs the models
