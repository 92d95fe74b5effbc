"""Bans and conditions at three levels; prisoners who must not meet."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.custody.models.prisoner import Prisoner
from darbaza.custody.types import RESTRICTION_GROUNDS
from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Restriction(InstitutionRow):
    """A ban or a condition at one of three levels.

    Person only: every prisoner in every prison. Person and prisoner: this pair.
    Prisoner only: all visitors of this prisoner.
    """

    class Kind(models.TextChoices):
        BANNED = "banned", _("no visits")
        CLOSED = "closed", _("visits behind glass only")
        NO_CHILDREN = "no_children", _("no visits by children")
        NO_PARCELS = "no_parcels", _("no packages or parcels")
        SUPERVISED = "supervised", _("visits under observation")
        EARLIER_INFORMATION = "earlier_information", _("earlier information: see file")

    class Ground(models.TextChoices):
        """Why. Discipline is not among them: contact with the family is never a
        punishment (Nelson Mandela Rules, rule 43, paragraph 3)."""

        COURT = "court", _("decision of a court")
        INVESTIGATION = "investigation", _("order of the investigator")
        SAFETY = "safety", _("danger to life or health")
        VICTIM = "victim", _("protection of a victim or witness")
        CHILD = "child", _("protection of a child")
        PROHIBITED_ITEMS = "prohibited_items", _("visitor brought prohibited items")
        CONDUCT = "conduct", _("visitor broke the rules of visits")
        EPIDEMIC = "epidemic", _("infectious disease")
        OWN_WISH = "own_wish", _("own wish of prisoner or visitor")
        EARLIER_ORDER = "earlier_order", _("taken over from earlier records")

    person = models.ForeignKey(
        "persons.Person", models.PROTECT, null=True, related_name="restrictions"
    )
    prisoner = models.ForeignKey(
        Prisoner, models.PROTECT, null=True, related_name="restrictions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    ground = models.CharField(_("ground"), max_length=24, choices=Ground)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (day after the last)"), null=True)
    reason = models.CharField(_("reason, for officers"), max_length=300)
    authority = models.CharField(_("ordered by"), max_length=160)
    order_number = models.CharField(_("order"), max_length=60)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.CharField(_("lifted by"), max_length=160, blank=True)
    lift_reason = models.CharField(_("why lifted"), max_length=300, blank=True)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            never("restriction_on_nobody", Q(person=None, prisoner=None)),
            never("restriction_ends_before_it_starts", Q(ends_on__lte=F("starts_on"))),
            never("restriction_without_reason", Q(reason="")),
            never("restriction_on_other_grounds", ~Q(ground__in=RESTRICTION_GROUNDS)),
            never(
                "restriction_lifted_by_nobody",
                Q(lifted_at__isnull=False) & (Q(lifted_by="") | Q(lift_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "prisoner"], name="restriction_person"),
            models.Index(fields=["prisoner"], name="restriction_prisoner"),
        ]

    class Sensitivity:
        public = ("id", "institution", "request_id")
        personal = (
            "person",
            "prisoner",
            "kind",
            "ground",
            "starts_on",
            "ends_on",
            "authority",
            "order_number",
            "recorded_at",
            "recorded_by",
            "lifted_at",
            "lifted_by",
            "lift_reason",
        )
        special = ("reason",)

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"

    @property
    def last_on(self) -> date | None:
        """The last day, as people say it; None until it is lifted."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        if self.lifted_at or day < self.starts_on:
            return False
        return self.ends_on is None or day < self.ends_on


class KeepApart(InstitutionRow):
    """Two prisoners who must not meet. Stored once a pair, smaller key first."""

    class Level(models.TextChoices):
        SESSION = "session", _("not in one visiting session")
        DAY = "day", _("not on one visiting day")

    first = models.ForeignKey(Prisoner, models.PROTECT, related_name="+")
    second = models.ForeignKey(Prisoner, models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=8, choices=Level)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=160, blank=True)

    class Meta:
        constraints = [
            never("keep_apart_out_of_order", Q(first__gte=F("second"))),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_at=None),
                name="keep_apart_once",
            ),
        ]
        indexes = [models.Index(fields=["second"], name="keep_apart_second")]

    class Sensitivity:
        public = ("id", "institution")
        personal = (
            "first",
            "second",
            "level",
            "recorded_at",
            "recorded_by",
            "ended_at",
            "ended_by",
        )
        special = ("reason",)

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"
