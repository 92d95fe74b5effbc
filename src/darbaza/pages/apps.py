"""The room that every page is made of."""

from django.apps import AppConfig


class Pages(AppConfig):
    """Base templates, components, template tags and the front end."""

    name = "darbaza.pages"
    label = "pages"
