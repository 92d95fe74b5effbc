"""The room's place in Django."""

from uuid import UUID

from django.apps import AppConfig


class Sites(AppConfig):
    """Tells ``accounts`` below which institutions there are."""

    name = "darbaza.sites"
    label = "sites"

    def ready(self) -> None:
        """Register the list; asked anew for each actor who sees all."""
        from darbaza.accounts import actors  # noqa: PLC0415 - models must be loaded

        actors.institutions_from(self._every_institution)

    def _every_institution(self) -> frozenset[UUID]:
        rows = self.get_model("Institution")._default_manager.values_list("id")
        return frozenset(row[0] for row in rows)
