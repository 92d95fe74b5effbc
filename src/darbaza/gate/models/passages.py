"""Who else goes through the gate: staff, contractors, deliveries, officials."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.gate.models.vehicles import Vehicle
from darbaza.kernel.db import never
from darbaza.sites.models import Closable, InstitutionRow


class Category(models.TextChoices):
    """As what somebody goes through the gate."""

    STAFF = "staff", _("staff")
    CONTRACTOR = "contractor", _("contractor")
    DELIVERY = "delivery", _("delivery")
    OFFICIAL = "official", _("official")
    OTHER = "other", _("other guest")


class Badge(Closable):
    """A card that somebody carries for good: one scan is in or out."""

    number = models.CharField(_("number of the badge"), max_length=40)
    name = models.CharField(_("name"), max_length=160)
    category = models.CharField(_("category"), max_length=10, choices=Category)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"],
                condition=Q(closed_on=None),
                name="badge_number_once",
            ),
            never("badge_of_nobody", Q(name="") | Q(number="")),
        ]
        ordering = ["name"]

    class Sensitivity:
        public = ("id", "institution", "closed_on")
        personal = ("name", "category", "organisation", "valid_until")
        secret = ("number",)

    def __str__(self) -> str:
        return self.name


class Passage(InstitutionRow):
    """One stay of one person inside, from the gate to the gate.

    Nothing is deleted: a wrong entry is annulled with a reason, and a person who went
    out by mistake only gets a new row that ``corrects`` the annulled one.
    """

    category = models.CharField(_("category"), max_length=10, choices=Category)
    badge = models.ForeignKey(Badge, models.PROTECT, null=True, related_name="passages")
    name = models.CharField(_("name"), max_length=160)
    document = models.CharField(_("document"), max_length=40, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    purpose = models.CharField(_("what for"), max_length=160, blank=True)
    place = models.CharField(_("where to"), max_length=80, blank=True)
    card = models.CharField(_("card lent"), max_length=20, blank=True)
    key = models.CharField(_("who, for the computer"), max_length=320)
    vehicle = models.ForeignKey(
        Vehicle, models.PROTECT, null=True, related_name="people"
    )
    drives = models.BooleanField(_("drives"), default=False)
    came_in_at = models.DateTimeField(_("came in"))
    came_in_by = models.CharField(_("let in by"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)
    left_at = models.DateTimeField(_("left"), null=True)
    left_by = models.CharField(_("let out by"), max_length=160, blank=True)
    left_request = models.UUIDField(_("request of the way out"), null=True)
    annulled_at = models.DateTimeField(_("annulled"), null=True)
    annulled_by = models.CharField(_("annulled by"), max_length=160, blank=True)
    annulled_reason = models.CharField(_("reason"), max_length=300, blank=True)
    annulled_request = models.UUIDField(_("request of the correction"), null=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "key"],
                condition=Q(left_at=None, annulled_at=None),
                name="passage_inside_once",
            ),
            never("passage_of_nobody", Q(name="") | Q(key="")),
            never("passage_left_before_in", Q(left_at__lt=F("came_in_at"))),
            never(
                "passage_annulled_unexplained",
                Q(annulled_reason="") & ~Q(annulled_at=None),
            ),
            never("passage_drives_nothing", Q(drives=True, vehicle=None)),
        ]
        indexes = [
            models.Index(
                fields=["institution"],
                condition=Q(left_at=None, annulled_at=None),
                name="passage_inside",
            ),
            models.Index(fields=["institution", "-came_in_at"], name="passage_when"),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "vehicle",
            "request_id",
            "left_request",
            "annulled_at",
            "annulled_request",
            "corrects",
        )
        personal = (
            "category",
            "badge",
            "name",
            "document",
            "organisation",
            "purpose",
            "place",
            "card",
            "key",
            "drives",
            "came_in_at",
            "came_in_by",
            "left_at",
            "left_by",
            "annulled_by",
            "annulled_reason",
        )

    def __str__(self) -> str:
        return self.name
