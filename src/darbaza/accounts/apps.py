"""The room's place in Django."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """See the package's docstring."""

    name = "darbaza.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to the sign-in libraries; tell the record our words."""
        from darbaza.accounts import sign_in, texts  # noqa: PLC0415 - models first
        from darbaza.audit import texts as audit  # noqa: PLC0415 - the same

        sign_in.connect()
        audit.register(texts.EVENTS)
        texts.register()
