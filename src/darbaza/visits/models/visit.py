"""Visit, visitor, override, refusal: status, sub-status and outcome apart."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow
from darbaza.visits.models.timetable import Kind, Session


class Visit(InstitutionRow):
    """One visiting party with one prisoner at one time."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("booked")
        REGISTERED = "registered", pgettext_lazy("visit", "registered")
        INSIDE = "inside", _("visitors inside")
        ENDED = "ended", pgettext_lazy("visit", "ended")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("cancelled")

    class SubStatus(models.TextChoices):
        NONE = "", _("none")
        BY_FAMILY = "by_family", _("cancelled by the family")
        BY_PRISONER = "by_prisoner", _("declined by the prisoner")
        BY_INSTITUTION = "by_institution", _("cancelled by the institution")
        NOT_COME = "not_come", _("nobody came")
        ENTERED_IN_ERROR = "entered_in_error", _("entered in error")
        MOVED = "moved", _("moved to another time")

    class Outcome(models.TextChoices):
        OPEN = "", _("not yet known")
        COMPLETED = "completed", _("completed")
        ENDED_EARLY_BY_STAFF = "ended_early_staff", _("ended early by staff")
        ENDED_EARLY_BY_FAMILY = "ended_early_family", _("ended early by the visitor")
        ENDED_EARLY_BY_PRISONER = (
            "ended_early_prisoner",
            _("ended early by the prisoner"),
        )
        PRISONER_REFUSED = "prisoner_refused", _("prisoner did not want the visit")
        PRISONER_ILL = "prisoner_ill", _("prisoner was ill")
        PRISONER_ABSENT = "prisoner_absent", _("prisoner was not available")
        VISITOR_REFUSED = "visitor_refused", _("visitor was refused")
        NOT_COME = "not_come", _("nobody came")

    class Source(models.TextChoices):
        WALK_IN = "walk_in", _("came without appointment")
        BOOKED = "booked", _("booked beforehand")
        PAPER = "paper", _("entered later from paper")

    # No index of their own: one below begins with the same column. The same further on.
    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, related_name="visits", db_index=False
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, related_name="visits", db_index=False
    )
    seat = models.ForeignKey(
        "sites.Seat", models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    closed = models.BooleanField(_("behind glass"), default=False)
    reference = models.CharField(_("reference"), max_length=8)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    sub_status = models.CharField(
        _("sub-status"), max_length=20, choices=SubStatus, blank=True, default=""
    )
    outcome = models.CharField(
        _("outcome"), max_length=24, choices=Outcome, blank=True, default=""
    )
    outcome_reason = models.CharField(_("reason"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    registered_at = models.DateTimeField(_("registered"))
    registered_by = models.CharField(_("registered by"), max_length=160)
    entered_at = models.DateTimeField(_("entered into the system"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never("visit_ends_before_it_starts", Q(ends_at__lte=F("starts_at"))),
            never(
                "visit_cancelled_without_cause", Q(status="cancelled", sub_status="")
            ),
            never(
                "visit_entered_before_it_happened", Q(entered_at__lt=F("registered_at"))
            ),
            models.UniqueConstraint(
                fields=["institution", "reference"], name="visit_reference_once"
            ),
            models.UniqueConstraint(
                fields=["session", "seat"],
                condition=Q(status__in=["booked", "registered", "inside"]),
                name="visit_seat_once",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "starts_at"], name="visit_when"),
            models.Index(fields=["prisoner", "starts_at"], name="visit_of_prisoner"),
            models.Index(fields=["session", "status"], name="visit_in_session"),
        ]

    class Sensitivity:
        public = ("id", "institution", "session", "seat", "reference", "request_id")
        personal = (
            "prisoner",
            "kind",
            "closed",
            "source",
            "status",
            "sub_status",
            "outcome",
            "outcome_reason",
            "starts_at",
            "ends_at",
            "registered_at",
            "registered_by",
            "entered_at",
            "note",
        )

    def __str__(self) -> str:
        return self.reference


class Visitor(InstitutionRow):
    """One person's part in one visit, with the decision on that person."""

    class Part(models.TextChoices):
        LEAD = "lead", _("lead visitor")
        ADULT = "adult", _("adult")
        CHILD = "child", _("child")

    class Status(models.TextChoices):
        ALLOWED = "allowed", _("allowed")
        REFUSED = "refused", _("refused")
        INSIDE = "inside", _("inside")
        LEFT = "left", _("left")
        ABSENT = "absent", _("did not come in")

    visit = models.ForeignKey(
        Visit, models.PROTECT, related_name="visitors", db_index=False
    )
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, related_name="visits", db_index=False
    )
    document = models.ForeignKey(
        "persons.Document", models.PROTECT, null=True, related_name="+"
    )
    photo = models.ForeignKey(
        "persons.Photo", models.PROTECT, null=True, related_name="+"
    )
    part = models.CharField(_("part"), max_length=6, choices=Part)
    status = models.CharField(_("status"), max_length=8, choices=Status)
    effect = models.CharField(_("decision"), max_length=5)
    grounds = models.JSONField(_("grounds"), default=list)
    came_in_at = models.DateTimeField(_("came in"), null=True)
    came_in_scan = models.UUIDField(_("scan at the way in"), null=True, unique=True)
    left_at = models.DateTimeField(_("left"), null=True)
    left_scan = models.UUIDField(_("scan at the way out"), null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "person"], name="visitor_once_a_visit"
            ),
            never("visitor_inside_without_time", Q(status="inside", came_in_at=None)),
            never(
                "visitor_left_without_coming_in", Q(came_in_at=None) & ~Q(left_at=None)
            ),
            never("visitor_left_before_coming_in", Q(left_at__lt=F("came_in_at"))),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status="inside"),
                name="visitor_inside_once",
            ),
            models.UniqueConstraint(
                fields=["visit"], condition=Q(part="lead"), name="visitor_one_lead"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="visitor_history"),
            models.Index(fields=["person", "status"], name="visitor_known"),
            models.Index(
                fields=["institution"],
                condition=Q(status="inside"),
                name="visitor_inside",
            ),
        ]

    class Sensitivity:
        public = ("id", "institution", "visit", "came_in_scan", "left_scan")
        personal = (
            "person",
            "document",
            "photo",
            "part",
            "status",
            "effect",
            "came_in_at",
            "left_at",
        )
        special = ("grounds",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.status}"


class Override(InstitutionRow):
    """A blocking ground set aside by rank, with the reason; listed for headquarters."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="overrides")
    visitor = models.ForeignKey(
        Visitor, models.PROTECT, null=True, related_name="overrides"
    )
    code = models.CharField(_("ground"), max_length=60)
    permission = models.CharField(_("rank"), max_length=40)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("when"))
    by_id = models.UUIDField(_("who (key)"))
    by_name = models.CharField(_("who"), max_length=160)

    class Meta:
        constraints = [never("override_without_reason", Q(reason=""))]
        indexes = [models.Index(fields=["institution", "at"], name="override_when")]

    class Sensitivity:
        public = ("id", "institution", "visit", "visitor", "code", "permission", "at")
        personal = ("by_id", "by_name", "reason")

    def __str__(self) -> str:
        return self.code


class Refusal(InstitutionRow):
    """A refusal as told to the family, and the complaint that may follow it."""

    number = models.CharField(_("number"), max_length=12)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="refusals")
    visitor = models.ForeignKey(
        Visitor, models.PROTECT, null=True, related_name="refusals"
    )
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, null=True, related_name="refusals"
    )
    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, null=True, related_name="refusals"
    )
    grounds = models.JSONField(_("grounds"), default=list)
    language = models.CharField(_("language of the paper"), max_length=2)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=160)
    printed_at = models.DateTimeField(_("printed"), null=True)
    complained_at = models.DateTimeField(_("complaint received"), null=True)
    complaint = models.TextField(_("complaint"), blank=True)
    answer_due_on = models.DateField(_("answer due"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=160, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"], name="refusal_number_once"
            ),
            never("refusal_without_grounds", Q(grounds=[])),
            never(
                "complaint_answered_by_nobody",
                Q(answered_at__isnull=False) & (Q(answered_by="") | Q(answer="")),
            ),
        ]
        indexes = [models.Index(fields=["institution", "at"], name="refusal_when")]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "number",
            "visit",
            "visitor",
            "language",
            "at",
            "printed_at",
            "request_id",
        )
        personal = (
            "person",
            "prisoner",
            "by_name",
            "complained_at",
            "complaint",
            "answer_due_on",
            "answered_at",
            "answered_by",
            "answer",
        )
        special = ("grounds",)

    def __str__(self) -> str:
        return self.number
