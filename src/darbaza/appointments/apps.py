"""The room's place in Django."""

from django.apps import AppConfig

from darbaza.appointments import texts


class Appointments(AppConfig):
    """Appointments at the entrance."""

    name = "darbaza.appointments"
    label = "appointments"

    def ready(self) -> None:
        """Give our codes and events their words."""
        texts.register()
