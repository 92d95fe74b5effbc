"""Looking into bags and at people, pictures of it, and what was found.

Kinds of search that the Nelson Mandela Rules forbid for visitors (rule 60,
paragraph 2) do not exist here, so nobody can enter one.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.persons.models import Sex
from darbaza.sites.models import InstitutionRow


class Inspection(InstitutionRow):
    """One look into a bag: by X-ray, by hand, by a dog."""

    class Kind(models.TextChoices):
        XRAY = "xray", _("X-ray")
        MANUAL = "manual", _("by hand")
        DOG = "dog", _("dog")
        DETECTOR = "detector", _("metal or substance detector")

    class Result(models.TextChoices):
        CLEAR = "clear", _("nothing found")
        LOOK = "look", _("must be looked at more closely")
        FOUND = "found", _("something found")

    bag = models.ForeignKey("parcels.Bag", models.PROTECT, related_name="inspections")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    result = models.CharField(_("result"), max_length=8, choices=Result)
    device = models.CharField(_("device or dog"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never("inspection_by_no_device", Q(kind="xray", device="")),
            never("inspection_without_words", ~Q(result="clear") & Q(note="")),
        ]
        ordering = ["at", "id"]

    class Sensitivity:
        public = ("id", "institution", "kind", "device", "at", "request_id")
        personal = ("bag", "result", "by_name")
        special = ("note",)

    def __str__(self) -> str:
        return f"{self.kind} {self.result}"


class Search(InstitutionRow):
    """A search of a sender or visitor with their consent (rules 50 to 52 and 60).

    Who does not consent does not come in; nothing else follows from it.
    """

    class Kind(models.TextChoices):
        DETECTOR = "detector", _("metal detector")
        BELONGINGS = "belongings", _("belongings")
        OUTER = "outer", _("over the clothes, by hand")
        DOG = "dog", _("dog")

    class Result(models.TextChoices):
        CLEAR = "clear", _("nothing found")
        FOUND = "found", _("something found")
        NO_CONSENT = "no_consent", _("no consent: no entry, no penalty")

    person = models.ForeignKey(
        "persons.Person", models.PROTECT, related_name="searches"
    )
    person_sex = models.CharField(_("sex of the person"), max_length=1, choices=Sex)
    officer_sex = models.CharField(_("sex of the officer"), max_length=1, choices=Sex)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300)
    result = models.CharField(_("result"), max_length=12, choices=Result)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("by"), max_length=160)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never("search_without_reason", Q(reason="")),
            never(
                "search_by_the_other_sex",
                Q(kind="outer")
                & ~Q(result="no_consent")
                & ~Q(officer_sex=F("person_sex")),
            ),
        ]
        indexes = [models.Index(fields=["institution", "-at"], name="search_of_day")]

    class Sensitivity:
        public = ("id", "institution", "at", "request_id")
        personal = (
            "person",
            "person_sex",
            "officer_sex",
            "kind",
            "reason",
            "result",
            "by_name",
        )
        special = ("note",)

    def __str__(self) -> str:
        return f"{self.kind} {self.result}"


class Finding(InstitutionRow):
    """Something that may not be passed, found by two officers; it prints a protocol."""

    class Offence(models.TextChoices):
        BANNED_ITEM = "banned_item", _("banned item")
        PHONE = "phone", _("telephone or means of communication")

    bag = models.OneToOneField("parcels.Bag", models.PROTECT, related_name="finding")
    """The bag in which it is kept."""
    sending = models.ForeignKey(
        "parcels.Sending", models.PROTECT, null=True, related_name="findings"
    )
    search = models.ForeignKey(
        Search, models.PROTECT, null=True, related_name="findings"
    )
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, null=True, related_name="findings"
    )
    person_name = models.CharField(_("name as written"), max_length=200, blank=True)
    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, null=True, related_name="findings"
    )
    category = models.CharField(_("category"), max_length=40)
    offence = models.CharField(_("offence"), max_length=12, choices=Offence)
    description = models.CharField(_("what was found"), max_length=500)
    hidden_in = models.CharField(_("where it was hidden"), max_length=300, blank=True)
    explanation = models.CharField(
        _("what the person says about it"), max_length=500, blank=True
    )
    protocol = models.CharField(_("protocol"), max_length=40)
    earlier = models.JSONField(_("earlier attempts known then"), default=list)
    at = models.DateTimeField(_("when"))
    by_name = models.CharField(_("found by"), max_length=160)
    second_name = models.CharField(_("second officer"), max_length=160)
    prints = models.PositiveSmallIntegerField(_("times printed"), default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=160, blank=True)
    withdrawn_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "protocol"], name="protocol_once"
            ),
            never("finding_by_one", Q(second_name="") | Q(second_name=F("by_name"))),
            never("finding_of_nothing", Q(description="")),
            never(
                "finding_withdrawn_by_nobody",
                Q(withdrawn_at__isnull=False)
                & (Q(withdrawn_by="") | Q(withdrawn_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="finding_of_person"),
            models.Index(fields=["institution", "-at"], name="finding_of_day"),
        ]

    class Sensitivity:
        public = ("id", "institution", "at", "prints", "request_id")
        personal = (
            "bag",
            "sending",
            "search",
            "person",
            "person_name",
            "prisoner",
            "category",
            "offence",
            "protocol",
            "by_name",
            "second_name",
            "withdrawn_at",
            "withdrawn_by",
        )
        special = (
            "description",
            "hidden_in",
            "explanation",
            "earlier",
            "withdrawn_reason",
        )

    def __str__(self) -> str:
        return self.protocol


class Picture(InstitutionRow):
    """A picture that belongs to a bag: X-ray, photograph, signature, signed paper."""

    class Kind(models.TextChoices):
        XRAY = "xray", _("X-ray picture")
        PHOTO = "photo", _("photograph")
        SIGNATURE = "signature", _("signature")
        PAPER = "paper", _("signed paper")

    bag = models.ForeignKey(
        "parcels.Bag", models.PROTECT, null=True, related_name="pictures"
    )
    """None: from the device's folder, not yet put to a bag."""
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="pictures"
    )
    step = models.ForeignKey(
        "parcels.Step", models.PROTECT, null=True, related_name="pictures"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    image = models.BinaryField(_("JPEG or PNG, at most 1600 x 1600"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    source = models.CharField(_("file or device"), max_length=120, blank=True)
    taken_at = models.DateTimeField(_("taken"))
    taken_by = models.CharField(_("taken by"), max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "digest", "source"], name="picture_imported_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "-taken_at"],
                condition=Q(bag=None),
                name="picture_waiting",
            ),
        ]

    class Sensitivity:
        public = ("id", "institution", "kind", "digest", "source", "taken_at")
        personal = ("bag", "inspection", "step", "taken_by")
        special = ("image",)

    def __str__(self) -> str:
        return f"{self.kind} {self.taken_at:%d.%m.%Y %H:%M}"
