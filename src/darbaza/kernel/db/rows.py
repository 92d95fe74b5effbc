"""What every model has: a key, and a way to say what can never be true."""

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
