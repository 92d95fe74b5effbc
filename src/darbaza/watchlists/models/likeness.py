"""A person who is like an entry: where that was seen, and what was decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow
from darbaza.watchlists.models.lists import Entry, WatchList


class Likeness(InstitutionRow):
    """One person beside one entry of a list: one row a pair, for ever.

    ``pair`` is the fingerprint of what was compared; a decision stands while it stays.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("watch-list", "to be judged")
        UNSURE = "unsure", pgettext_lazy("watch-list", "not sure yet")
        SAME = "same", pgettext_lazy("watch-list", "the same person")
        ANOTHER = "another", pgettext_lazy("watch-list", "another person")
        GONE = "gone", pgettext_lazy("watch-list", "no longer alike")

    watchlist = models.ForeignKey(WatchList, models.PROTECT, related_name="likenesses")
    reference = models.CharField(_("number on the list"), max_length=80)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="likenesses")
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, related_name="likenesses"
    )
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.OPEN
    )
    score = models.FloatField(_("how alike, 0 to 1"))
    name_score = models.FloatField(_("how alike the names are, 0 to 1"))
    reasons = models.JSONField(_("why"))
    parts = models.JSONField(_("parts of the name"), default=list)
    name = models.CharField(_("nearest name on the list"), max_length=200)
    pair = models.CharField(_("fingerprint"), max_length=64)
    raised_at = models.DateTimeField(_("raised"))
    judged_at = models.DateTimeField(_("judged"), null=True)
    judgements = models.PositiveIntegerField(_("decisions so far"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["watchlist", "reference", "person"], name="likeness_once_a_pair"
            ),
            never("likeness_out_of_bounds", Q(score__lt=0) | Q(score__gt=1)),
            never(
                "likeness_judged_by_nobody",
                Q(status__in=["same", "another", "unsure"]) & Q(judgements=0),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status"], name="likeness_of_person"),
            models.Index(fields=["status", "raised_at"], name="likeness_queue"),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "watchlist",
            "raised_at",
            "judged_at",
            "judgements",
        )
        special = (
            "reference",
            "entry",
            "person",
            "status",
            "score",
            "name_score",
            "reasons",
            "parts",
            "name",
            "pair",
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.status}"

    @property
    def mark(self) -> str:
        """What a judge must have seen: how many decisions, and which facts."""
        return f"{self.judgements}-{self.pair[:16]}"


class Sighting(InstitutionRow):
    """An institution that has to do with a likeness: its people may judge it."""

    class Occasion(models.TextChoices):
        DESK = "desk", pgettext_lazy("watch-list", "at the desk")
        LIST = "list", pgettext_lazy("watch-list", "when a list changed")

    likeness = models.ForeignKey(Likeness, models.PROTECT, related_name="sightings")
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion)
    seen_at = models.DateTimeField(_("first seen"))
    seen_by = models.CharField(_("seen by"), max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["likeness", "institution"], name="likeness_seen_once_a_place"
            )
        ]

    class Sensitivity:
        public = ("id", "institution", "occasion", "seen_at")
        personal = ("seen_by",)
        special = ("likeness",)

    def __str__(self) -> str:
        return f"{self.likeness_id} {self.occasion}"


class Judgement(InstitutionRow):
    """What somebody decided on a likeness. Never changed; a later one follows."""

    class Outcome(models.TextChoices):
        SAME = "same", pgettext_lazy("watch-list", "the same person")
        ANOTHER = "another", pgettext_lazy("watch-list", "another person")
        UNSURE = "unsure", pgettext_lazy("watch-list", "not sure yet")

    likeness = models.ForeignKey(Likeness, models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(_("number"))
    outcome = models.CharField(_("decision"), max_length=8, choices=Outcome)
    reason = models.CharField(_("reason"), max_length=500)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="+")
    pair = models.CharField(_("fingerprint"), max_length=64)
    judged_at = models.DateTimeField(_("judged"))
    judged_by = models.CharField(_("judged by"), max_length=160)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["likeness", "number"], name="judgement_number_once"
            ),
            never("judgement_without_reason", Q(reason="")),
        ]

    class Sensitivity:
        public = ("id", "institution", "number", "judged_at", "request_id")
        personal = ("judged_by",)
        special = ("likeness", "outcome", "reason", "entry", "pair")

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"
