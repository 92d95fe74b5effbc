"""One table, append-only, without foreign keys: it can never block nor follow."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import Row, never


class Event(Row):
    """Something that happened, chained by hash to what happened before it.

    Database triggers forbid UPDATE and DELETE (migration 0002).
    """

    institution_id = models.UUIDField(_("institution"))
    seq = models.BigIntegerField(_("number in the chain"))
    at = models.DateTimeField(_("when"))
    type = models.CharField(_("event"), max_length=64)
    actor_id = models.UUIDField(_("who"))
    actor_name = models.CharField(_("name"), max_length=200)
    target_kind = models.CharField(_("kind of record"), max_length=64)
    target_id = models.CharField(_("record"), max_length=64)
    facts_json = models.TextField(_("facts"))
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution_id", "seq"], name="event_seq_once"
            ),
            never("event_seq_below_one", models.Q(seq__lt=1)),
        ]
        indexes = [
            models.Index(fields=["target_id", "at"], name="event_target"),
            models.Index(fields=["institution_id", "type", "at"], name="event_type"),
        ]

    class Sensitivity:
        public = ("id", "institution_id", "seq", "at", "type", "target_kind", "hash")
        personal = ("actor_id", "actor_name", "target_id", "facts_json")

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as recorded."""
        loaded: dict[str, Any] = json.loads(self.facts_json)
        return loaded
