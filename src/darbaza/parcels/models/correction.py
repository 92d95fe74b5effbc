"""A correction of a sending: who changed what was written down, when and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Correction(InstitutionRow):
    """What stood until now, and why it was wrong; nothing is overwritten silently.

    Lines that it replaced stay as they were and name it (``Line.replaced_by``).
    """

    sending = models.ForeignKey(
        "parcels.Sending", models.PROTECT, related_name="corrections"
    )
    number = models.PositiveSmallIntegerField(_("correction"))
    """From 1; two officers who saw the same state cannot both write the next one."""
    reason = models.CharField(_("reason"), max_length=300)
    before = models.JSONField(_("what stood before"), default=dict)
    """Of the sending as such: channel, grams, weighed, advice, effect, grounds."""
    recharged = models.BooleanField(_("charged anew"), default=False)
    """The channel uses another allowance: this correction is charged, not the old."""
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sending", "number"], name="sending_corrected_once"
            ),
            never("sending_corrected_without_reason", models.Q(reason="")),
        ]
        ordering = ["number"]

    class Sensitivity:
        public = ("id", "institution", "number", "recharged", "at", "request_id")
        personal = ("sending", "reason", "by_name")
        special = ("before",)

    def __str__(self) -> str:
        return f"{self.sending} / {self.number}"
