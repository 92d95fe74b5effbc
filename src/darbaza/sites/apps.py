"""The room's place in Django."""

from typing import Any
from uuid import UUID

from django.apps import AppConfig

from darbaza.accounts.types import Place


class Sites(AppConfig):
    """Tells ``accounts`` below which institutions there are."""

    name = "darbaza.sites"
    label = "sites"

    def ready(self) -> None:
        """Register the list; asked anew for each actor who sees all."""
        from darbaza.accounts import actors, places  # noqa: PLC0415 - models first
        from darbaza.audit import texts as audit  # noqa: PLC0415 - the same
        from darbaza.sites import texts  # noqa: PLC0415 - the same

        actors.institutions_from(self._every_institution)
        places.provided_by(self._places)
        places.demonstration_said_by(self._demonstration)
        audit.register(texts.EVENTS)
        texts.register()

    def _every_institution(self) -> frozenset[UUID]:
        rows = self.get_model("Institution")._default_manager.values_list("id")
        return frozenset(row[0] for row in rows)

    def _demonstration(self) -> bool:
        rows = self.get_model("Installation")._default_manager
        return rows.filter(demonstration=True).exists()

    def _places(self) -> list[Place]:
        model: Any = self.get_model("Institution")
        return [
            Place(
                row.id,
                row.code,
                {"ky": row.name_ky, "ru": row.name_ru, "en": row.name_en},
                row.shared_minutes,
                headquarters=row.kind == model.Kind.HEADQUARTERS,
            )
            for row in model._default_manager.order_by("code")
        ]
