"""The room that every page is made of."""

from django.apps import AppConfig

from darbaza.pages import grounds, styleguide


class Pages(AppConfig):
    """Base templates, components, template tags and the front end."""

    name = "darbaza.pages"
    label = "pages"

    def ready(self) -> None:
        """Give the sample page its words."""
        grounds.register(styleguide.TEXTS)
