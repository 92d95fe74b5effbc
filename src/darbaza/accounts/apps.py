"""The room's place in Django."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """See the package's docstring."""

    name = "darbaza.accounts"
    label = "accounts"
