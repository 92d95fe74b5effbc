"""Reservations of ten minutes, appointments, and who waits for a free time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.appointments.models.families import Access
from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Kind(models.TextChoices):
    """What a family comes for."""

    VISIT = "visit", pgettext_lazy("appointment", "visit")
    PARCEL = "parcel", pgettext_lazy("appointment", "package")


class Hold(InstitutionRow):
    """A place that is kept for a while; over, it is free again by itself."""

    access = models.ForeignKey(Access, models.PROTECT, related_name="holds")
    kind = models.CharField(_("what for"), max_length=6, choices=Kind)
    arrives_at = models.DateTimeField(_("comes at"))
    session_key = models.CharField(_("session"), max_length=60, blank=True)
    visit_at = models.DateTimeField(_("visit at"), null=True)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("kept until"))
    used_at = models.DateTimeField(_("used"), null=True)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never("hold_over_before_it_began", Q(expires_at__lt=F("made_at"))),
        ]
        indexes = [
            models.Index(fields=["institution", "arrives_at"], name="hold_when"),
        ]

    class Sensitivity:
        public = (
            "id", "institution", "kind", "arrives_at", "session_key", "visit_at",
            "made_at", "expires_at", "used_at", "request_id",
        )  # fmt: skip
        personal = ("access",)

    def __str__(self) -> str:
        return f"{self.kind} {self.arrives_at}"


class Appointment(InstitutionRow):
    """A family comes at a time, for a visit or with a package."""

    class Status(models.TextChoices):
        BOOKED = "booked", pgettext_lazy("appointment", "booked")
        CANCELLED = "cancelled", pgettext_lazy("appointment", "cancelled")
        MOVED = "moved", pgettext_lazy("appointment", "moved")
        COME = "come", pgettext_lazy("appointment", "came")
        MISSED = "missed", pgettext_lazy("appointment", "did not come")

    class Channel(models.TextChoices):
        FAMILY = "family", pgettext_lazy("appointment", "the family's page")
        STAFF = "staff", pgettext_lazy("appointment", "staff")
        CENTRE = "centre", pgettext_lazy("appointment", "call centre")

    class Cause(models.TextChoices):
        NONE = "", _("none")
        BY_FAMILY = "by_family", pgettext_lazy("appointment", "by the family")
        BY_INSTITUTION = (
            "by_institution",
            pgettext_lazy("appointment", "by the institution"),
        )

    kind = models.CharField(_("what for"), max_length=6, choices=Kind)
    reference = models.CharField(_("reference"), max_length=8)
    arrives_at = models.DateTimeField(_("comes at"))
    visit_at = models.DateTimeField(_("visit at"), null=True)
    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, related_name="appointments"
    )
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, related_name="appointments"
    )
    access = models.ForeignKey(
        Access, models.PROTECT, null=True, related_name="appointments"
    )
    visit = models.ForeignKey(
        "visits.Visit", models.PROTECT, null=True, related_name="appointments"
    )
    adults = models.PositiveSmallIntegerField(_("further adults"), default=0)
    children = models.PositiveSmallIntegerField(_("children"), default=0)
    list_code = models.CharField(_("list sent ahead"), max_length=400, blank=True)
    channel = models.CharField(_("booked through"), max_length=6, choices=Channel)
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.BOOKED
    )
    booked_at = models.DateTimeField(_("booked"))
    booked_by = models.CharField(_("booked by"), max_length=160)
    settled_at = models.DateTimeField(_("cancelled, moved, came"), null=True)
    cause = models.CharField(
        _("cause"), max_length=16, choices=Cause, blank=True, default=""
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "reference"], name="appointment_reference_once"
            ),
            never("appointment_visit_without_visit", Q(kind="visit", visit=None)),
            never("appointment_settled_without_time",
                  ~Q(status="booked") & Q(settled_at=None)),
            never("appointment_cancelled_without_cause",
                  Q(status="cancelled", cause="")),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["institution", "arrives_at"], name="appointment_when"),
        ]

    class Sensitivity:
        public = (
            "id", "institution", "kind", "reference", "arrives_at", "visit_at",
            "adults", "children", "channel", "status", "booked_at", "settled_at",
            "cause", "replaces", "request_id",
        )  # fmt: skip
        personal = (
            "prisoner", "person", "access", "visit", "list_code", "booked_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.reference


class Waiting(InstitutionRow):
    """A family that wants a time when one becomes free."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("waiting list", "waiting")
        OFFERED = "offered", pgettext_lazy("waiting list", "a time is offered")
        BOOKED = "booked", pgettext_lazy("waiting list", "booked")
        WITHDRAWN = "withdrawn", pgettext_lazy("waiting list", "withdrawn")
        LAPSED = "lapsed", pgettext_lazy("waiting list", "over")

    access = models.ForeignKey(Access, models.PROTECT, related_name="waitings")
    kind = models.CharField(_("what for"), max_length=6, choices=Kind)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    put_at = models.DateTimeField(_("since"))
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.WAITING
    )
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="waitings")

    class Meta:
        constraints = [
            never("waiting_ends_before_it_starts", Q(last_day__lt=F("first_day"))),
            models.UniqueConstraint(
                fields=["access", "kind"],
                condition=Q(state__in=["waiting", "offered"]),
                name="waiting_once",
            ),
        ]

    class Sensitivity:
        public = (
            "id", "institution", "kind", "first_day", "last_day", "put_at", "state",
            "hold",
        )  # fmt: skip
        personal = ("access",)

    def __str__(self) -> str:
        return f"{self.kind} {self.first_day}"
