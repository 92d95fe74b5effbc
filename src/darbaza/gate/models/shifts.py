"""The shift at the entrance: who has it, and what was handed over."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Shift(InstitutionRow):
    """The entrance in the hands of one officer, until the next one signs for it."""

    opened_at = models.DateTimeField(_("opened"))
    officer_id = models.UUIDField(_("officer (key)"))
    officer = models.CharField(_("officer"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)
    after = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="before"
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    handed_by = models.CharField(_("handed over by"), max_length=160, blank=True)
    taken_by = models.CharField(_("taken over by"), max_length=160, blank=True)
    figures = models.JSONField(_("figures at the hand-over"), default=list)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    end_request = models.UUIDField(_("request of the end"), null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(ended_at=None),
                name="shift_open_once",
            ),
            never("shift_ended_before_opened", Q(ended_at__lt=F("opened_at"))),
            never("shift_ended_by_nobody", Q(handed_by="") & ~Q(ended_at=None)),
            never("shift_taken_while_open", Q(ended_at=None) & ~Q(taken_by="")),
            never(
                "shift_taken_by_the_same", Q(taken_by=F("handed_by")) & ~Q(taken_by="")
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-opened_at"], name="shift_when"),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "opened_at",
            "request_id",
            "after",
            "ended_at",
            "figures",
            "end_request",
        )
        personal = ("officer_id", "officer", "handed_by", "taken_by", "note")

    def __str__(self) -> str:
        return f"{self.officer} {self.opened_at:%d.%m.%Y %H:%M}"
