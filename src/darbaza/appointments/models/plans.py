"""How many families the entrance serves in a slot, and when packages are taken."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Plan(InstitutionRow):
    """The arrival plan; the newest whose day has come counts."""

    class Shape(models.TextChoices):
        EVEN = "even", _("even")
        EARLY_EXTRA = "early_extra", _("more at the beginning")
        DOME = "dome", _("closer at both ends")

    valid_from = models.DateField(_("valid from"))
    slot_minutes = models.PositiveSmallIntegerField(_("minutes of a slot"), default=15)
    shape = models.CharField(_("how places are spread"), max_length=12, choices=Shape)
    clerks = models.PositiveSmallIntegerField(_("officers at registration"))
    inspectors = models.PositiveSmallIntegerField(_("officers at inspection"))
    searchers = models.PositiveSmallIntegerField(_("officers at the search"))
    registration_minutes = models.DecimalField(
        _("minutes of a registration"), max_digits=5, decimal_places=2
    )
    inspection_minutes = models.DecimalField(
        _("minutes of an inspection"), max_digits=5, decimal_places=2
    )
    search_minutes = models.DecimalField(
        _("minutes of a search"), max_digits=5, decimal_places=2
    )
    busy_percent = models.PositiveSmallIntegerField(_("busy at most, %"), default=85)
    lead_minutes = models.PositiveSmallIntegerField(
        _("minutes before the visit"), default=15
    )
    reminder_hours = models.PositiveSmallIntegerField(
        _("hours from reminder to arrival"), default=20
    )
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=160)

    class Meta:
        constraints = [
            never("plan_slot_out_of_bounds", Q(slot_minutes__lt=5)),
            never("plan_slot_longer_than_hours", Q(slot_minutes__gt=120)),
            never("plan_stage_without_officer",
                  Q(clerks=0) | Q(inspectors=0) | Q(searchers=0)),
            never("plan_stage_without_time", Q(registration_minutes__lte=0)
                  | Q(inspection_minutes__lte=0) | Q(search_minutes__lte=0)),
            never("plan_busier_than_whole",
                  Q(busy_percent=0) | Q(busy_percent__gt=100)),
            never("plan_reminds_before_a_week", Q(reminder_hours__gt=168)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["institution", "-valid_from"], name="plan_in_force")
        ]

    class Sensitivity:
        public = (
            "id", "institution", "valid_from", "slot_minutes", "shape", "clerks",
            "inspectors", "searchers", "registration_minutes", "inspection_minutes",
            "search_minutes", "busy_percent", "lead_minutes", "reminder_hours",
            "made_at",
        )  # fmt: skip
        personal = ("made_by",)

    def __str__(self) -> str:
        return f"{self.valid_from}"


class HandIn(InstitutionRow):
    """Weekly hours in which packages are taken; local staff own them."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, pgettext_lazy("hours", "Monday")
        TUESDAY = 1, pgettext_lazy("hours", "Tuesday")
        WEDNESDAY = 2, pgettext_lazy("hours", "Wednesday")
        THURSDAY = 3, pgettext_lazy("hours", "Thursday")
        FRIDAY = 4, pgettext_lazy("hours", "Friday")
        SATURDAY = 5, pgettext_lazy("hours", "Saturday")
        SUNDAY = 6, pgettext_lazy("hours", "Sunday")

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("until (day after the last)"), null=True)

    class Meta:
        constraints = [
            never("hand_in_ends_before_it_starts", Q(ends_at__lte=F("starts_at"))),
            never("hand_in_weekday_out_of_week", Q(weekday__gt=6)),
            never("hand_in_over_before_it_began", Q(valid_to__lt=F("valid_from"))),
        ]

    class Sensitivity:
        public = (
            "id", "institution", "weekday", "starts_at", "ends_at", "valid_from",
            "valid_to",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts_at}"
