"""Drafts on the desk and passes in the hand; the visit itself lives in ``visits``."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Draft(InstitutionRow):
    """Half done work of one officer: kept, shown as such, never lost by a wrong key."""

    user_id = models.UUIDField(_("officer"))
    post = models.ForeignKey("sites.Post", models.PROTECT, null=True, related_name="+")
    state = models.JSONField(_("what is known so far"), default=dict)
    request_id = models.UUIDField(_("request"), unique=True)
    opened_at = models.DateTimeField(_("opened"))
    changed_at = models.DateTimeField(_("changed"))
    done_at = models.DateTimeField(_("done"), null=True)
    ticket = models.ForeignKey(
        "gate.Ticket", models.PROTECT, null=True, related_name="drafts"
    )

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "-changed_at"], name="draft_of_officer"),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "post",
            "request_id",
            "opened_at",
            "changed_at",
            "done_at",
            "ticket",
        )
        personal = ("user_id", "state")

    def __str__(self) -> str:
        return str(self.pk)


class Pass(InstitutionRow):
    """A printed pass of one visitor: a random number, nothing personal."""

    class Status(models.TextChoices):
        VALID = "valid", _("valid")
        LOST = "lost", _("lost")
        RETURNED = "returned", _("returned")
        VOID = "void", _("void")

    visitor = models.ForeignKey("visits.Visitor", models.PROTECT, related_name="passes")
    number = models.CharField(_("number"), max_length=16, unique=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.VALID
    )
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.CharField(_("issued by"), max_length=160)
    prints = models.PositiveSmallIntegerField(_("times printed"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visitor"], condition=Q(status="valid"), name="pass_valid_once"
            ),
            never("pass_lost_without_reason", Q(status="lost", ended_reason="")),
        ]

    class Sensitivity:
        public = ("id", "institution", "status", "issued_at", "prints", "ended_at")
        personal = ("visitor", "issued_by", "ended_reason")
        secret = ("number",)

    def __str__(self) -> str:
        return f"{self.number[:3]}…"
