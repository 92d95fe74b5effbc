"""Rules with source and verification; a ledger of allowances, never a counter."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import Row, never
from darbaza.sites.models import InstitutionRow, Named


class Rule(Named):
    """A rule that decisions rest on, valid from a day to a day.

    One code may have many rows; on any day at most one is in force. An unverified row
    warns and never refuses.
    """

    code = models.CharField(_("code"), max_length=60)
    jurisdiction = models.CharField(_("country"), max_length=2, default="KG")
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    source = models.CharField(_("source"), max_length=300, blank=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("until (day after the last)"), null=True, blank=True)
    verified_by = models.CharField(_("verified by"), max_length=160, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    figures = models.JSONField(_("figures"), default=dict)
    added_at = models.DateTimeField(_("added"))
    added_by = models.CharField(_("added by"), max_length=160)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="rule_once_a_day"
            ),
            never("rule_ends_before_it_starts", Q(valid_to__lte=F("valid_from"))),
            never(
                "rule_half_verified",
                Q(verified_by="", verified_on__isnull=False)
                | (~Q(verified_by="") & Q(verified_on=None)),
            ),
        ]
        ordering = ["code", "valid_from"]

    class Sensitivity:
        public = (
            "id",
            "name_ky",
            "name_ru",
            "name_en",
            "code",
            "jurisdiction",
            "legal_basis",
            "source",
            "valid_from",
            "valid_to",
            "verified_on",
            "figures",
            "added_at",
            "request_id",
        )
        personal = ("verified_by", "added_by")

    @property
    def verified(self) -> bool:
        """Whether a named person has confirmed it against the text of the law."""
        return self.verified_on is not None


class Quota(Row):
    """How much of a kind a regime and its conditions allow in a period."""

    class Kind(models.TextChoices):
        SHORT = "short", _("short visit")
        LONG = "long", _("long visit")
        PARCEL = "parcel", _("package or parcel")
        PACKET = "packet", _("small packet")

    class Period(models.TextChoices):
        YEAR = "year", _("calendar year")
        HALF_YEAR = "half_year", _("half a calendar year")
        MONTH = "month", _("calendar month")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="quotas")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    regime = models.CharField(_("regime"), max_length=24)
    conditions = models.CharField(_("conditions"), max_length=10)
    amount = models.PositiveSmallIntegerField(_("how many"), null=True)
    """None: without limit."""
    period = models.CharField(_("in each"), max_length=10, choices=Period)
    minutes = models.PositiveIntegerField(_("length in minutes"))
    """Of one visit; 0 for what has no length."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "kind", "regime", "conditions"],
                name="quota_once_a_rule",
            ),
        ]

    class Sensitivity:
        public = (
            "id",
            "rule",
            "kind",
            "regime",
            "conditions",
            "amount",
            "period",
            "minutes",
        )

    def __str__(self) -> str:
        return f"{self.regime} {self.conditions} {self.kind}: {self.amount}"


class Entry(InstitutionRow):
    """One line of a prisoner's ledger of allowances. Lines are never changed."""

    class Reason(models.TextChoices):
        GRANT = "grant", _("granted for the period")
        CHANGE = "change", _("changed with regime, conditions or rule")
        EXTRA = "extra", _("extra, as an incentive")
        USE = "use", _("one used")
        RETURN = "return", _("one given back")
        CORRECTION = "correction", _("correction")

    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, related_name="entries", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Quota.Kind)
    period_on = models.DateField(_("first day of the period"))
    period_ends_on = models.DateField(_("day after the period"))
    amount = models.SmallIntegerField(_("how many"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.CharField(_("note"), max_length=300, blank=True)
    quota = models.ForeignKey(Quota, models.PROTECT, null=True, related_name="+")
    subject_id = models.UUIDField(_("used for"), null=True)
    """The visit or the sending that uses the allowance."""
    request_id = models.UUIDField(_("request"), null=True, unique=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=160)

    class Meta:
        constraints = [
            never("entry_of_nothing", Q(amount=0)),
            never("entry_use_that_adds", Q(reason="use", amount__gt=0)),
            never("entry_return_that_takes", Q(reason="return", amount__lt=0)),
            never(
                "entry_use_of_nothing", Q(reason__in=["use", "return"], subject_id=None)
            ),
            never("entry_ends_before_it_starts", Q(period_ends_on__lte=F("period_on"))),
            never(
                "entry_without_note",
                Q(reason__in=["extra", "correction"], note=""),
            ),
            models.UniqueConstraint(
                fields=["subject_id", "reason"],
                condition=Q(reason="use"),
                name="entry_used_once",
            ),
            models.UniqueConstraint(
                fields=["subject_id", "reason"],
                condition=Q(reason="return"),
                name="entry_returned_once",
            ),
            models.UniqueConstraint(
                fields=["prisoner", "kind", "period_on"],
                condition=Q(reason="grant"),
                name="entry_granted_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prisoner", "kind", "period_on"], name="entry_balance"
            ),
        ]

    class Sensitivity:
        public = ("id", "institution", "request_id")
        personal = (
            "prisoner",
            "kind",
            "period_on",
            "period_ends_on",
            "amount",
            "reason",
            "note",
            "quota",
            "subject_id",
            "at",
            "by_name",
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.amount:+d} {self.reason}"
