"""A walk that decides again what is booked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Recheck(InstitutionRow):
    """A walk over what is booked, day by day; cut off, it goes on at ``next_day``."""

    first_day = models.DateField(_("first day"))
    next_day = models.DateField(_("next day"))
    last_day = models.DateField(_("day after the last"))
    found = models.PositiveIntegerField(_("second looks"), default=0)
    begun_at = models.DateTimeField(_("started"))
    begun_by = models.CharField(_("started by"), max_length=160)
    ended_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        constraints = [
            never("recheck_leaves_its_days", Q(next_day__gt=F("last_day"))),
            never("recheck_goes_back", Q(next_day__lt=F("first_day"))),
        ]
        indexes = [
            models.Index(fields=["institution", "begun_at"], name="recheck_newest")
        ]
        ordering = ["-begun_at"]

    class Sensitivity:
        personal = ("begun_by",)
        public = (
            "id",
            "institution",
            "first_day",
            "next_day",
            "last_day",
            "found",
            "begun_at",
            "ended_at",
        )

    def __str__(self) -> str:
        return f"{self.next_day}"

    @property
    def done(self) -> int:
        """Days that were looked at."""
        return (self.next_day - self.first_day).days

    @property
    def total(self) -> int:
        """Days there are."""
        return (self.last_day - self.first_day).days
