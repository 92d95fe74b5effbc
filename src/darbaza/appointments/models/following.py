"""Messages to families, and appointments that must be looked at again."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.appointments.models.bookings import Appointment
from darbaza.appointments.models.families import LANGUAGES, Access
from darbaza.appointments.sending.length import Length, length
from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Message(InstitutionRow):
    """One text to one family: waits until it is sent, printed or has failed."""

    class Kind(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("message", "booked")
        MOVED = "moved", pgettext_lazy("message", "moved")
        CANCELLED = "cancelled", pgettext_lazy("message", "cancelled")
        REMINDER = "reminder", pgettext_lazy("message", "reminder")
        OFFER = "offer", pgettext_lazy("message", "free time")
        CALL_US = "call_us", pgettext_lazy("message", "please call")
        TEST = "test", pgettext_lazy("message", "test")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("message", "waiting")
        SENDING = "sending", pgettext_lazy("message", "being sent")
        SENT = "sent", pgettext_lazy("message", "sent")
        TOLD = "told", pgettext_lazy("message", "told by telephone")
        FAILED = "failed", pgettext_lazy("message", "failed")
        DROPPED = "dropped", pgettext_lazy("message", "no longer needed")

    access = models.ForeignKey(
        Access, models.PROTECT, null=True, related_name="messages"
    )
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="messages"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    address = models.CharField(_("to"), max_length=120, blank=True)
    text = models.CharField(_("text"), max_length=600)
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.WAITING
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    claimed_at = models.DateTimeField(_("taken up"), null=True)
    settled_at = models.DateTimeField(_("sent or told"), null=True)

    class Meta:
        constraints = [
            never("message_without_text", Q(text="")),
            never("message_settled_without_time",
                  Q(state__in=["sent", "told"]) & Q(settled_at=None)),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["institution", "due_at"], name="message_newest"),
        ]

    class Sensitivity:
        public = (
            "id", "institution", "kind", "language", "due_at", "state", "tries",
            "error", "claimed_at", "settled_at",
        )  # fmt: skip
        personal = ("access", "appointment", "address", "text")

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def subject(self) -> str:
        """Heading of an e-mail: the name of the institution, with which it begins."""
        return self.text.partition(":")[0]

    @property
    def length(self) -> Length:
        """How long it is as an SMS."""
        return length(self.text)


class Review(InstitutionRow):
    """A booking against which something stands now; closed by a person, with a reason.

    ``visit`` names a visit that staff booked without an appointment.
    """

    class Decision(models.TextChoices):
        OPEN = "", pgettext_lazy("review", "open")
        KEPT = "keep", pgettext_lazy("review", "kept")
        CANCELLED = "cancel", pgettext_lazy("review", "cancelled")
        MOVED = "move", pgettext_lazy("review", "moved")
        GONE = "gone", pgettext_lazy("review", "nothing stands against it any more")

    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="reviews"
    )
    visit = models.ForeignKey(
        "visits.Visit", models.PROTECT, null=True, related_name="reviews"
    )
    grounds = models.JSONField(_("what stands against it"), default=list)
    """Facts of each ground with ``found_at``, and ``gone_at`` once it has passed."""
    found_at = models.DateTimeField(_("found"))
    decision = models.CharField(
        _("decision"), max_length=6, choices=Decision, blank=True, default=""
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.CharField(_("closed by"), max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(decision=""), name="review_of_visit_once"
            ),
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(decision=""),
                name="review_of_appointment_once",
            ),
            never("review_of_nothing", Q(appointment=None, visit=None)),
            never("review_closed_without_reason",
                  Q(decision__in=["keep", "cancel", "move"]) & Q(reason="")),
            never("review_closed_without_time", ~Q(decision="") & Q(closed_at=None)),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["institution"], condition=Q(decision=""), name="review_open"
            )
        ]

    class Sensitivity:
        public = ("id", "institution", "found_at", "decision", "closed_at")
        personal = ("appointment", "visit", "reason", "closed_by")
        special = ("grounds",)

    def __str__(self) -> str:
        return f"{self.found_at} {self.decision}"
