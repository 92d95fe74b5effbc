"""Kinds of visit, the weekly timetable, closures, dated sessions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow, Named


class Kind(models.TextChoices):
    """Kinds of visit. Only short and long ones use an allowance."""

    SHORT = "short", _("short visit")
    LONG = "long", _("long visit")
    LAWYER = "lawyer", _("lawyer")
    OFFICIAL = "official", _("official")
    CONSULAR = "consular", _("consular officer")
    RELIGIOUS = "religious", _("minister of religion")
    VIDEO = "video", _("video visit")


class Template(Named, InstitutionRow):
    """A row of the weekly timetable. Local staff own it; changes count at once."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    room = models.ForeignKey("sites.Room", models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    """0 is Monday."""
    starts_at = models.TimeField(_("from"))
    minutes = models.PositiveIntegerField(_("length in minutes"))
    every_weeks = models.PositiveSmallIntegerField(_("every n weeks"), default=1)
    open_places = models.PositiveSmallIntegerField(_("open places"), default=0)
    closed_places = models.PositiveSmallIntegerField(_("closed places"), default=0)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("until (day after the last)"), null=True, blank=True)
    blocks = models.ManyToManyField("sites.Block", blank=True, related_name="+")
    blocks_included = models.BooleanField(_("only these blocks"), default=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        constraints = [
            never("template_weekday_out_of_week", Q(weekday__gt=6)),
            never("template_without_length", Q(minutes=0)),
            never("template_never_again", Q(every_weeks=0)),
            never("template_ends_before_it_starts", Q(valid_to__lte=F("valid_from"))),
        ]
        indexes = [models.Index(fields=["institution", "weekday"], name="template_day")]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "name_ky",
            "name_ru",
            "name_en",
            "kind",
            "room",
            "weekday",
            "starts_at",
            "minutes",
            "every_weeks",
            "open_places",
            "closed_places",
            "valid_from",
            "valid_to",
            "blocks_included",
            "ended_at",
        )


class Closure(InstitutionRow):
    """Days on which nothing, one room, or one template takes place: who and why."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (day after the last)"))
    room = models.ForeignKey("sites.Room", models.PROTECT, null=True, related_name="+")
    template = models.ForeignKey(
        Template, models.PROTECT, null=True, related_name="closures"
    )
    reason = models.CharField(_("reason"), max_length=300)
    closed_by = models.CharField(_("closed by"), max_length=160)
    closed_at = models.DateTimeField(_("closed"))
    reopened_at = models.DateTimeField(_("reopened"), null=True)
    reopened_by = models.CharField(_("reopened by"), max_length=160, blank=True)

    class Meta:
        constraints = [
            never("closure_ends_before_it_starts", Q(ends_on__lte=F("starts_on"))),
            never("closure_without_reason", Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["institution", "starts_on"], name="closure_day")
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "starts_on",
            "ends_on",
            "room",
            "template",
            "reason",
            "closed_at",
            "reopened_at",
        )
        personal = ("closed_by", "reopened_by")

    def __str__(self) -> str:
        return f"{self.starts_on} {self.reason}"


class Session(InstitutionRow):
    """A dated slot: made from a template when first needed, or by hand."""

    template = models.ForeignKey(
        Template, models.PROTECT, null=True, related_name="sessions"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    room = models.ForeignKey(
        "sites.Room", models.PROTECT, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    open_places = models.PositiveSmallIntegerField(_("open places"))
    closed_places = models.PositiveSmallIntegerField(_("closed places"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    class Meta:
        constraints = [
            never("session_ends_before_it_starts", Q(ends_at__lte=F("starts_at"))),
            models.UniqueConstraint(
                fields=["template", "starts_at"], name="session_once_a_template"
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "starts_at"], name="session_when")
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "template",
            "kind",
            "room",
            "starts_at",
            "ends_at",
            "open_places",
            "closed_places",
            "cancelled_at",
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at}"
