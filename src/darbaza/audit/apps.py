"""The room's place in Django."""

from django.apps import AppConfig


class Audit(AppConfig):
    """Append-only events in a hash chain."""

    name = "darbaza.audit"
    label = "audit"
