"""The queue at the entrance: lanes, screens, tickets and what happened to them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.gate import queueing
from darbaza.gate.queueing import Step
from darbaza.kernel.db import never
from darbaza.sites.models import Closable, InstitutionRow, Named


class Lane(Closable, Named):
    """One line of people with the same errand; its letter begins their numbers."""

    class Kind(models.TextChoices):
        VISIT = "visit", pgettext_lazy("lane", "visit")
        PARCEL = "parcel", pgettext_lazy("lane", "package or parcel")
        LAWYER = "lawyer", pgettext_lazy("lane", "lawyer or official")
        MOTHER = "mother", pgettext_lazy("lane", "with a small child")
        DISABLED = "disabled", pgettext_lazy("lane", "with a disability, old or ill")
        EXPRESS = "express", pgettext_lazy("lane", "known visitor, list sent ahead")
        OTHER = "other", pgettext_lazy("lane", "other errand")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    prefix = models.CharField(_("letter"), max_length=2)
    position = models.PositiveSmallIntegerField(_("place on the kiosk"), default=1)
    head_start_minutes = models.PositiveSmallIntegerField(
        _("head start, minutes"), default=0
    )
    usual_minutes = models.PositiveSmallIntegerField(
        _("minutes at the window, usually"), default=5
    )
    target_minutes = models.PositiveSmallIntegerField(
        _("95 of 100 called within, minutes"), default=30
    )
    late_return_minutes = models.PositiveSmallIntegerField(
        _("after three calls comes back as if here for, minutes"), default=15
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "prefix"],
                condition=Q(closed_on=None),
                name="lane_letter_once",
            ),
            never("lane_without_letter", Q(prefix="")),
            never("lane_head_start_too_long", Q(head_start_minutes__gt=120)),
            never("lane_takes_no_time", Q(usual_minutes=0) | Q(target_minutes=0)),
        ]
        ordering = ["position", "prefix"]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "name_ky",
            "name_ru",
            "name_en",
            "kind",
            "prefix",
            "position",
            "head_start_minutes",
            "usual_minutes",
            "target_minutes",
            "late_return_minutes",
            "closed_on",
        )


class WindowLane(InstitutionRow):
    """A window serves a lane; a window without such a row serves every lane."""

    post = models.ForeignKey("sites.Post", models.PROTECT, related_name="+")
    lane = models.ForeignKey(Lane, models.PROTECT, related_name="windows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "lane"], name="window_lane_once")
        ]

    class Sensitivity:
        public = ("id", "institution", "post", "lane")

    def __str__(self) -> str:
        return f"{self.post} {self.lane.prefix}"


class Screen(Closable):
    """A kiosk or a public display: a browser that carries a secret, and no user."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", _("kiosk that gives tickets")
        DISPLAY = "display", _("public display")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    post = models.ForeignKey(
        "sites.Post", models.PROTECT, null=True, blank=True, related_name="+"
    )
    secret_hash = models.CharField(_("secret (hash)"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=Q(closed_on=None),
                name="screen_named_once",
            ),
            never("screen_without_name", Q(name="")),
        ]
        ordering = ["name"]

    class Sensitivity:
        public = ("id", "institution", "name", "kind", "post", "closed_on", "made_at")
        personal = ("made_by",)
        secret = ("secret_hash",)

    def __str__(self) -> str:
        return self.name


class Ticket(InstitutionRow):
    """A number in the queue. Nobody's, until the desk links what came of it."""

    class Source(models.TextChoices):
        KIOSK = "kiosk", pgettext_lazy("ticket", "kiosk")
        OFFICER = "officer", pgettext_lazy("ticket", "officer")
        APPOINTMENT = "appointment", pgettext_lazy("ticket", "appointment")
        SLIP = "slip", pgettext_lazy("ticket", "printed slip")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("ticket", "waiting")
        CALLED = "called", pgettext_lazy("ticket", "called")
        SERVING = "serving", pgettext_lazy("ticket", "at the window")
        PARKED = "parked", pgettext_lazy("ticket", "put aside")
        DONE = "done", pgettext_lazy("ticket", "done")
        NO_SHOW = "no_show", pgettext_lazy("ticket", "did not come")
        GONE = "gone", pgettext_lazy("ticket", "has gone")

    lane = models.ForeignKey(Lane, models.PROTECT, related_name="tickets")
    day = models.DateField(_("day"))
    prefix = models.CharField(_("letter"), max_length=2)
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("taken from"), max_length=12, choices=Source)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.WAITING
    )
    taken_at = models.DateTimeField(_("taken"))
    due_at = models.DateTimeField(_("appointment"), null=True)
    place_at = models.DateTimeField(_("queues as of"))
    window = models.ForeignKey(
        "sites.Post", models.PROTECT, null=True, related_name="+"
    )
    called_at = models.DateTimeField(_("first called"), null=True)
    language = models.CharField(_("language of the slip"), max_length=2, default="ky")
    ahead = models.PositiveSmallIntegerField(_("before it when taken"), default=0)
    low_minutes = models.PositiveSmallIntegerField(_("wait told, from"), default=0)
    high_minutes = models.PositiveSmallIntegerField(_("wait told, to"), default=0)
    reckoned_minutes = models.FloatField(_("wait reckoned"), default=0)
    code = models.CharField(_("code of the family"), max_length=12, unique=True)
    request_id = models.UUIDField(_("request"), unique=True)
    visit = models.ForeignKey(
        "visits.Visit", models.PROTECT, null=True, related_name="+"
    )
    sending = models.ForeignKey(
        "parcels.Sending", models.PROTECT, null=True, related_name="+"
    )
    list_code = models.CharField(_("list sent ahead"), max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "day", "prefix", "number"],
                name="ticket_number_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(state__in=["called", "serving"]),
                name="ticket_one_at_a_window",
            ),
            never("ticket_number_zero", Q(number=0)),
            never("ticket_wait_upside_down", Q(high_minutes__lt=F("low_minutes"))),
            never(
                "ticket_called_nowhere",
                Q(state__in=["called", "serving"])
                & (Q(window=None) | Q(called_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "day", "state"], name="ticket_queue"),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "lane",
            "day",
            "prefix",
            "number",
            "source",
            "state",
            "taken_at",
            "due_at",
            "place_at",
            "window",
            "called_at",
            "language",
            "ahead",
            "low_minutes",
            "high_minutes",
            "reckoned_minutes",
            "request_id",
        )
        personal = ("visit", "sending", "list_code")
        secret = ("code",)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What stands on the slip and on the display."""
        return queueing.label(self.prefix, self.number)


class TicketEvent(InstitutionRow):
    """What happened to a ticket, when, at which window; only ever added."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events")
    step = models.CharField(
        _("step"), max_length=12, choices=[(step.value, step.value) for step in Step]
    )
    at = models.DateTimeField(_("when"))
    window = models.ForeignKey(
        "sites.Post", models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(_("by whom"), max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "step"],
                condition=Q(step__in=sorted(step.value for step in queueing.ONCE)),
                name="ticket_stamp_once",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-at"], name="ticket_event_when"),
        ]
        ordering = ["at", "id"]

    class Sensitivity:
        public = ("id", "institution", "ticket", "step", "at", "window")
        personal = ("by_name",)

    def __str__(self) -> str:
        return f"{self.ticket} {self.step}"


class Timing(InstitutionRow):
    """One family timed with a stop-watch while the entrance still worked on paper."""

    on = models.DateField(_("day"))
    lane = models.ForeignKey(Lane, models.PROTECT, related_name="+")
    wait_seconds = models.PositiveIntegerField(_("until called"), null=True)
    desk_seconds = models.PositiveIntegerField(_("at the window"), null=True)
    to_search_seconds = models.PositiveIntegerField(_("after the window"), null=True)
    search_seconds = models.PositiveIntegerField(_("search to seat"), null=True)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.CharField(_("entered by"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never(
                "timing_of_nothing",
                Q(
                    wait_seconds=None,
                    desk_seconds=None,
                    to_search_seconds=None,
                    search_seconds=None,
                ),
            ),
        ]
        ordering = ["-on", "-id"]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "on",
            "lane",
            "wait_seconds",
            "desk_seconds",
            "to_search_seconds",
            "search_seconds",
            "entered_at",
            "request_id",
        )
        personal = ("entered_by",)

    def __str__(self) -> str:
        return f"{self.on}"
