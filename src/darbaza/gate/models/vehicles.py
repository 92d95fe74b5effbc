"""Vehicles inside, and the searches before they come in and before they leave."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Vehicle(InstitutionRow):
    """One stay of a vehicle inside, with its load; its people are passages."""

    class Kind(models.TextChoices):
        CAR = "car", _("car")
        VAN = "van", _("van")
        LORRY = "lorry", _("lorry")
        AMBULANCE = "ambulance", _("ambulance")
        PRISON = "prison", _("prison transport")
        OTHER = "other", _("other vehicle")

    plate = models.CharField(_("number plate"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    purpose = models.CharField(_("what for"), max_length=160, blank=True)
    load_in = models.CharField(_("load on the way in"), max_length=300, blank=True)
    seals_in = models.CharField(_("seals on the way in"), max_length=120, blank=True)
    load_out = models.CharField(_("load on the way out"), max_length=300, blank=True)
    seals_out = models.CharField(_("seals on the way out"), max_length=120, blank=True)
    came_in_at = models.DateTimeField(_("came in"), null=True)
    came_in_by = models.CharField(_("let in by"), max_length=160, blank=True)
    turned_away_at = models.DateTimeField(_("turned away"), null=True)
    request_id = models.UUIDField(_("request"), unique=True)
    left_at = models.DateTimeField(_("left"), null=True)
    left_by = models.CharField(_("let out by"), max_length=160, blank=True)
    left_driver = models.CharField(
        _("driver on the way out"), max_length=160, blank=True
    )
    left_reason = models.CharField(_("reason"), max_length=300, blank=True)
    left_request = models.UUIDField(_("request of the way out"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "plate"],
                condition=Q(left_at=None, turned_away_at=None),
                name="vehicle_inside_once",
            ),
            never("vehicle_without_plate", Q(plate="")),
            never("vehicle_left_before_in", Q(left_at__lt=F("came_in_at"))),
            never(
                "vehicle_neither_in_nor_away",
                Q(came_in_at=None, turned_away_at=None),
            ),
            never("vehicle_left_never_in", Q(came_in_at=None) & ~Q(left_at=None)),
        ]
        indexes = [
            models.Index(fields=["institution", "-came_in_at"], name="vehicle_when"),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "kind",
            "organisation",
            "purpose",
            "load_in",
            "seals_in",
            "load_out",
            "seals_out",
            "came_in_at",
            "turned_away_at",
            "request_id",
            "left_at",
            "left_request",
        )
        personal = ("plate", "came_in_by", "left_by", "left_driver", "left_reason")

    def __str__(self) -> str:
        return self.plate


class Search(InstitutionRow):
    """One search of a vehicle: by whom, how, what came of it."""

    class Way(models.TextChoices):
        IN = "in", _("way in")
        OUT = "out", _("way out")

    class Outcome(models.TextChoices):
        CLEAR = "clear", _("nothing found")
        FOUND = "found", _("something found")

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="searches")
    way = models.CharField(_("way"), max_length=3, choices=Way)
    mirror = models.BooleanField(_("mirror under the vehicle"), default=False)
    dog = models.BooleanField(_("dog"), default=False)
    load = models.BooleanField(_("load looked through"), default=False)
    outcome = models.CharField(_("result"), max_length=5, choices=Outcome)
    found = models.CharField(_("what was found"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("searched by"), max_length=160)

    class Meta:
        constraints = [
            never("search_by_no_means", Q(mirror=False, dog=False, load=False)),
            never("search_found_unnamed", Q(outcome="found", found="")),
        ]
        ordering = ["at", "id"]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "vehicle",
            "way",
            "mirror",
            "dog",
            "load",
            "outcome",
            "at",
        )
        personal = ("found", "by_name")

    def __str__(self) -> str:
        return f"{self.way} {self.outcome}"
