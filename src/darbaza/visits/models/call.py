"""Calling the prisoner to a visit and bringing them back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow
from darbaza.visits.models.visit import Visit


class Call(InstitutionRow):
    """Calling the prisoner to the visit and bringing them back."""

    class Result(models.TextChoices):
        CALLED = "called", _("called")
        BROUGHT = "brought", _("brought")
        REFUSED = "refused", _("did not want to come")
        ILL = "ill", _("ill")
        ABSENT = "absent", _("not available")
        RETURNED = "returned", _("returned to the block")

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="call")
    result = models.CharField(_("result"), max_length=10, choices=Result)
    called_at = models.DateTimeField(_("called"))
    brought_at = models.DateTimeField(_("brought"), null=True)
    returned_at = models.DateTimeField(_("returned"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            never("call_brought_before_called", Q(brought_at__lt=F("called_at"))),
            never("call_returned_before_brought", Q(returned_at__lt=F("brought_at"))),
        ]

    class Sensitivity:
        public = ("id", "institution", "visit")
        personal = ("called_at", "brought_at", "returned_at", "note")
        special = ("result",)

    def __str__(self) -> str:
        return self.result
