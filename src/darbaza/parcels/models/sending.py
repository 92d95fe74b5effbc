"""A sending: what one sender brought or posted to one prisoner at one time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Sending(InstitutionRow):
    """What was handed in, the decision on it, and its three clocks."""

    class Channel(models.TextChoices):
        PACKAGE = "package", _("package handed over")
        PARCEL = "parcel", _("posted parcel")
        PACKET = "packet", _("small packet")
        MEDICINE = "medicine", _("medicine on medical advice")
        LEGAL_MAIL = "legal_mail", _("legal mail")

    class Status(models.TextChoices):
        REGISTERED = "registered", pgettext_lazy("sending", "registered")
        ACCEPTED = "accepted", _("inspected and stored")
        DELIVERED = "delivered", _("delivered")
        REFUSED = "refused", pgettext_lazy("sending", "refused")
        RETURNED = "returned", pgettext_lazy("sending", "returned")
        SENT_ON = "sent_on", _("sent on")
        KEPT = "kept", _("kept as evidence")
        CANCELLED = "cancelled", pgettext_lazy("sending", "entered in error")

    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, related_name="sendings"
    )
    sender = models.ForeignKey(
        "persons.Person", models.PROTECT, null=True, related_name="sendings"
    )
    document = models.ForeignKey(
        "persons.Document", models.PROTECT, null=True, related_name="+"
    )
    sender_name = models.CharField(_("sender as written"), max_length=200, blank=True)
    """Of a posted parcel, where nobody stands at the window."""
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    reference = models.CharField(_("receipt"), max_length=12, unique=True)
    secret = models.CharField(_("code for the sender"), max_length=12)
    """With it the sender sees the state; it opens nothing else."""
    grams = models.PositiveIntegerField(_("weight in grams"))
    weighed = models.BooleanField(_("weighed as a whole"), default=False)
    advice = models.CharField(_("medical advice"), max_length=120, blank=True)
    effect = models.CharField(_("decision"), max_length=5)
    grounds = models.JSONField(_("grounds"), default=list)
    language = models.CharField(_("language of the papers"), max_length=2)
    note = models.CharField(_("note"), max_length=300, blank=True)
    handed_in_at = models.DateTimeField(_("handed in"))
    registered_by = models.CharField(_("registered by"), max_length=160)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=160, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    prints = models.PositiveSmallIntegerField(_("receipts printed"), default=0)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never("sending_from_nobody", Q(sender=None, sender_name="")),
            never(
                "sending_delivered_without_time",
                Q(status="delivered", delivered_at=None),
            ),
            never(
                "sending_decided_by_nobody", Q(decided_at__isnull=False, decided_by="")
            ),
            never(
                "sending_delivered_before_it_came",
                Q(delivered_at__lt=F("handed_in_at")),
            ),
            never(
                "sending_undone_without_reason", Q(status="cancelled", ended_reason="")
            ),
            never("medicine_without_advice", Q(channel="medicine", advice="")),
        ]
        indexes = [
            models.Index(
                fields=["institution", "-handed_in_at"], name="sending_of_day"
            ),
            models.Index(fields=["prisoner", "-handed_in_at"], name="sending_to"),
            models.Index(fields=["sender", "-handed_in_at"], name="sending_from"),
            models.Index(
                fields=["institution", "status"],
                condition=Q(status__in=["registered", "accepted"]),
                name="sending_open",
            ),
        ]

    class Sensitivity:
        public = ("id", "institution", "request_id", "prints", "weighed")
        personal = (
            "prisoner",
            "sender",
            "document",
            "sender_name",
            "channel",
            "status",
            "reference",
            "grams",
            "effect",
            "grounds",
            "language",
            "handed_in_at",
            "registered_by",
            "decided_at",
            "decided_by",
            "delivered_at",
            "ended_at",
            "ended_reason",
        )
        special = ("advice", "note")
        secret = ("secret",)

    def __str__(self) -> str:
        return self.reference

    @property
    def sent_by(self) -> str:
        """The name of whoever sent it."""
        return str(self.sender.name) if self.sender else self.sender_name

    @property
    def correctable(self) -> bool:
        """Whether it has not come to its end, so that it may still be corrected."""
        return self.status in {Sending.Status.REGISTERED, Sending.Status.ACCEPTED}


class Override(InstitutionRow):
    """A ground against a sending or one of its lines that rank set aside."""

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="overrides")
    position = models.PositiveSmallIntegerField(_("line"), null=True)
    """None: the sending as such."""
    code = models.CharField(_("ground"), max_length=40)
    permission = models.CharField(_("permission used"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"))
    by_id = models.UUIDField(_("by"))
    by_name = models.CharField(_("by"), max_length=160)

    class Meta:
        constraints = [never("parcel_override_without_reason", Q(reason=""))]
        indexes = [models.Index(fields=["institution", "-at"], name="parcel_override")]

    class Sensitivity:
        public = ("id", "institution", "position", "code", "permission", "at")
        personal = ("sending", "reason", "by_id", "by_name")

    def __str__(self) -> str:
        return self.code
