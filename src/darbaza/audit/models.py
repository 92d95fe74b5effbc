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


class Check(Row):
    """One walk along a chain, begun by somebody; shows how far it came."""

    institution_id = models.UUIDField(_("institution"))
    started_at = models.DateTimeField(_("started"))
    started_by = models.CharField(_("started by"), max_length=200)
    total = models.BigIntegerField(_("links at the start"))
    done = models.BigIntegerField(_("links checked"), default=0)
    hash = models.BinaryField(_("hash of the last one checked"), max_length=32)
    finished_at = models.DateTimeField(_("finished"), null=True)
    problem = models.CharField(_("what does not hold"), max_length=12, blank=True)

    class Meta:
        constraints = [
            never("check_done_below_zero", models.Q(done__lt=0)),
            never(
                "check_broken_but_running",
                ~models.Q(problem="") & models.Q(finished_at=None),
            ),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution_id",
            "started_at",
            "total",
            "done",
            "hash",
            "finished_at",
            "problem",
        )
        personal = ("started_by",)

    def __str__(self) -> str:
        return f"{self.started_at:%d.%m.%Y %H:%M} {self.done}/{self.total}"
