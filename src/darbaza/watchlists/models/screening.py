"""A walk over everybody on record after a list changed, beside the pages."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Screening(InstitutionRow):
    """How far a walk has come; cut off, it goes on after ``after``."""

    why = models.ForeignKey(
        "watchlists.Version",
        models.SET_NULL,
        null=True,
        related_name="screenings",
        verbose_name=_("the version that asked for it"),
    )
    total = models.PositiveIntegerField(_("people"))
    done = models.PositiveIntegerField(_("people compared"), default=0)
    raised = models.PositiveIntegerField(_("likenesses raised"), default=0)
    after = models.UUIDField(_("last person compared"), null=True)
    walker = models.JSONField(_("who walks"), default=dict)
    started_at = models.DateTimeField(_("started"))
    started_by = models.CharField(_("started by"), max_length=160)
    stepped_at = models.DateTimeField(_("last step"))
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        constraints = [
            never("screening_ends_before_it_starts", Q(finished_at__lt=F("started_at")))
        ]
        indexes = [models.Index(fields=["started_at"], name="screening_when")]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "why",
            "total",
            "done",
            "raised",
            "started_at",
            "stepped_at",
            "finished_at",
        )
        personal = ("after", "walker", "started_by")

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"
