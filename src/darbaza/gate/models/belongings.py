"""What visitors leave at the entrance: lockers, deposits with a tag, their lines."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import Closable, InstitutionRow


class Locker(Closable):
    """A numbered box at the entrance; holds what one deposit leaves."""

    label = models.CharField(_("locker"), max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "label"],
                condition=Q(closed_on=None),
                name="locker_label_once",
            ),
            never("locker_without_label", Q(label="")),
        ]
        ordering = ["label"]

    class Sensitivity:
        public = ("id", "institution", "label", "closed_on")

    def __str__(self) -> str:
        return self.label


class Deposit(InstitutionRow):
    """What one person left at the entrance under one tag, until it is given back."""

    visitor = models.ForeignKey(
        "visits.Visitor", models.PROTECT, null=True, related_name="deposits"
    )
    name = models.CharField(_("whose"), max_length=160)
    document = models.CharField(_("document"), max_length=40, blank=True)
    locker = models.ForeignKey(
        Locker, models.PROTECT, null=True, related_name="deposits"
    )
    tag = models.CharField(_("tag"), max_length=12)
    taken_at = models.DateTimeField(_("taken"))
    taken_by = models.CharField(_("taken by"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)
    returned_at = models.DateTimeField(_("given back"), null=True)
    returned_by = models.CharField(_("given back by"), max_length=160, blank=True)
    returned_to = models.CharField(_("given back to"), max_length=160, blank=True)
    returned_request = models.UUIDField(_("request of the return"), null=True)
    tag_lost = models.BooleanField(_("tag lost"), default=False)
    return_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "tag"],
                condition=Q(returned_at=None),
                name="deposit_tag_once",
            ),
            models.UniqueConstraint(
                fields=["locker"],
                condition=Q(returned_at=None),
                name="deposit_locker_once",
            ),
            never("deposit_of_nobody", Q(name="")),
            never("deposit_without_tag", Q(tag="")),
            never("deposit_back_before_taken", Q(returned_at__lt=F("taken_at"))),
            never("deposit_back_by_nobody", Q(returned_by="") & ~Q(returned_at=None)),
            never("deposit_tag_lost_unexplained", Q(tag_lost=True, return_reason="")),
        ]
        indexes = [
            models.Index(
                fields=["institution"],
                condition=Q(returned_at=None),
                name="deposit_held",
            ),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "locker",
            "taken_at",
            "request_id",
            "returned_at",
            "returned_request",
            "tag_lost",
        )
        personal = (
            "visitor",
            "name",
            "document",
            "taken_by",
            "returned_by",
            "returned_to",
            "return_reason",
        )
        secret = ("tag",)

    def __str__(self) -> str:
        return self.tag


class Belonging(InstitutionRow):
    """One line of a deposit: what it is, how many."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("mobile telephone")
        BAG = "bag", _("bag")
        MEDICINE = "medicine", _("medicine")
        DOCUMENT = "document", _("documents")
        KEYS = "keys", _("keys")
        PURSE = "purse", _("purse, not counted")
        OTHER = "other", _("other things")

    deposit = models.ForeignKey(Deposit, models.PROTECT, related_name="belongings")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    words = models.CharField(_("description"), max_length=120, blank=True)
    count = models.PositiveSmallIntegerField(_("how many"), default=1)

    class Meta:
        constraints = [
            never("belonging_none_of_it", Q(count=0)),
            never("belonging_other_unnamed", Q(kind="other", words="")),
        ]
        ordering = ["id"]

    class Sensitivity:
        public = ("id", "institution", "deposit", "count")
        personal = ("words",)
        special = ("kind",)

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"
