"""What every model has: a key, and a way to say what can never be true."""

from functools import cache
from typing import Any

from django.db import models

from darbaza.kernel import ids


def never(name: str, condition: models.Q) -> models.CheckConstraint:
    """Return a constraint that forbids ``condition`` in the database itself.

    NULL compares as unknown, and unknown would pass: say ``field=None`` where it
    matters.
    """
    return models.CheckConstraint(name=name, condition=~condition)


class Row(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 - Django's own name
        """Return the word of a choice; Django's own makes its table anew each time."""
        value = getattr(self, field.attname)
        return str(_words(field).get(value, "" if value is None else value))


@cache
def _words(field: models.Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)
