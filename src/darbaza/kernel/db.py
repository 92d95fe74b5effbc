"""Building blocks of every model: the one module of the kernel that knows Django."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models

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


class Insert:
    """One INSERT of one table, prepared once: for paths where an ORM save is too slow.

    Django builds the same statement anew at each ``save``; at the gate that costs more
    than the database does. Every column must be given.
    """

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.names = tuple(f.attname for f in fields)
        self._uuids = frozenset(f.attname for f in fields if _holds_uuid(f))
        self._times = frozenset(
            f.attname for f in fields if isinstance(f, models.DateTimeField)
        )
        self._documents = frozenset(
            f.attname for f in fields if isinstance(f, models.JSONField)
        )
        columns = ", ".join(f'"{f.column}"' for f in fields)
        marks = ", ".join(["%s"] * len(fields))
        self.sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our own model

    def __call__(self, **values: Any) -> None:
        """Insert one row.

        Raises:
            KeyError: A column was not given.
            django.db.IntegrityError: A constraint forbids the row.
        """
        row = [self._adapted(name, values[name]) for name in self.names]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, row)

    def _adapted(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name in self._uuids:
            return key(value)
        if name in self._times:
            return connection.ops.adapt_datetimefield_value(value)
        if name in self._documents:
            return json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, date):
            return connection.ops.adapt_datefield_value(value)
        return value


def key(value: UUID | None) -> Any:
    """Return a UUID as the engine stores it (32 hex digits in SQLite)."""
    if value is None or connection.vendor != "sqlite":
        return value
    return value.hex


def _holds_uuid(field: models.Field[Any, Any]) -> bool:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return isinstance(target, models.UUIDField)
