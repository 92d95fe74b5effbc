"""Building blocks of every model."""

import json
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

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


class Insert:
    """One INSERT of one table, prepared once: for paths where an ORM save is too slow.

    Django builds the same statement anew at each ``save``; at the gate that costs more
    than the database does. Every column must be given.
    """

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.fields = tuple(fields)
        self._adapters: dict[str, tuple[tuple[str, Adapter], ...]] = {}
        columns = ", ".join(f'"{f.column}"' for f in fields)
        marks = ", ".join(["%s"] * len(fields))
        self.sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our own model

    def __call__(self, **values: Any) -> None:
        """Insert one row.

        Raises:
            KeyError: A column was not given.
            django.db.IntegrityError: A constraint forbids the row.
        """
        link = connections[DEFAULT_DB_ALIAS]
        adapters = self._adapters.get(link.vendor) or self._learn(link)
        row = [adapt(values[name]) for name, adapt in adapters]
        with link.cursor() as cursor:
            cursor.execute(self.sql, row)

    def of(self, row: models.Model) -> None:
        """Insert a row that stands ready as an object."""
        self(**{f.attname: getattr(row, f.attname) for f in self.fields})

    def _learn(self, link: BaseDatabaseWrapper) -> tuple[tuple[str, "Adapter"], ...]:
        made = tuple((f.attname, _adapter(f, link)) for f in self.fields)
        self._adapters[link.vendor] = made
        return made


def key(value: UUID | None) -> Any:
    """Return a UUID as the engine stores it (32 hex digits in SQLite)."""
    if value is None or connection.vendor != "sqlite":
        return value
    return value.hex


Adapter = Callable[[Any], Any]


def _adapter(field: models.Field[Any, Any], link: BaseDatabaseWrapper) -> Adapter:
    """Return what turns a value of this field into what the driver wants."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    plain = link.vendor != "sqlite"
    if isinstance(target, models.JSONField):
        return lambda v: json.dumps(v, ensure_ascii=False, default=str)
    if plain:
        return lambda v: v
    if isinstance(target, models.UUIDField):
        return lambda v: v and v.hex
    if isinstance(target, models.DateTimeField):
        return lru_cache(maxsize=64)(link.ops.adapt_datetimefield_value)
    if isinstance(target, models.DateField):
        return link.ops.adapt_datefield_value
    return lambda v: v
