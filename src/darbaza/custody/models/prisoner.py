"""The file, its steps on orders, and separations."""

from datetime import date, timedelta
from secrets import randbits

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.custody.types import ISOLATION_DAYS_AT_MOST
from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


def new_stamp() -> int:
    """Return a random stamp for a file that changed (see ``custody.index``)."""
    return randbits(40)


class Prisoner(InstitutionRow):
    """One file of one person. ``institution`` is where they are held now (or last)."""

    class Status(models.TextChoices):
        HELD = "held", _("held")
        RELEASED = "released", _("released")
        WITHDRAWN = "withdrawn", _("withdrawn: entered in error")

    class Regime(models.TextChoices):
        GENERAL = "colony_general", _("general regime")
        STRICT = "colony_strict", _("strict regime")
        SPECIAL = "colony_special", _("special regime")
        PRISON = "prison_regime", _("prison regime")
        JUVENILE_GENERAL = "juvenile_general", _("juvenile, general regime")
        JUVENILE_STRENGTHENED = (
            "juvenile_strengthened",
            _("juvenile, strengthened regime"),
        )
        REMAND = "sizo", _("remand prison")
        MEDICAL = "medical", _("treatment institution")
        SETTLEMENT = "settlement", _("settlement (abolished)")

    class Conditions(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary conditions")
        EASED = "eased", _("eased conditions")
        STRICT = "strict", _("strict conditions")

    class LegalStatus(models.TextChoices):
        REMAND = "remand", _("on remand")
        AWAITING = "awaiting", _("sentenced, awaiting execution")
        SENTENCED = "sentenced", _("serving a sentence")
        LIFE = "life", _("serving life imprisonment")

    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="files")
    number = models.CharField(_("prisoner's number"), max_length=24)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.HELD
    )
    legal_status = models.CharField(
        _("legal status"), max_length=10, choices=LegalStatus
    )
    regime = models.CharField(_("regime"), max_length=24, choices=Regime)
    conditions = models.CharField(
        _("conditions"),
        max_length=10,
        choices=Conditions,
        default=Conditions.ORDINARY,
    )
    identity_confirmed = models.BooleanField(_("identity confirmed"), default=False)
    block = models.ForeignKey(
        "sites.Block", models.PROTECT, null=True, related_name="+"
    )
    cell = models.ForeignKey("sites.Cell", models.PROTECT, null=True, related_name="+")
    admitted_on = models.DateField(_("admitted on"))
    term_ends_on = models.DateField(_("end of term"), null=True)
    released_on = models.DateField(_("released on"), null=True)
    demanded_by = models.CharField(
        _("investigator or court in charge"), max_length=160, blank=True
    )
    stamp = models.BigIntegerField(_("stamp"), default=new_stamp, editable=False)

    ONE_A_PERSON = {"status": "held"}
    """Two records with an open file each are never merged (``persons.matching``)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(status="withdrawn"),
                name="prisoner_number_once",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status="held"), name="prisoner_held_once"
            ),
            never(
                "prisoner_released_without_day", Q(status="released", released_on=None)
            ),
            never(
                "prisoner_released_before_admission",
                Q(released_on__lt=F("admitted_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["institution", "status", "stamp"], name="prisoner_held_where"
            ),
            models.Index(fields=["number"], name="prisoner_number"),
        ]

    class Sensitivity:
        public = ("id", "institution", "stamp")
        personal = (
            "person",
            "number",
            "status",
            "legal_status",
            "regime",
            "conditions",
            "identity_confirmed",
            "block",
            "cell",
            "admitted_on",
            "term_ends_on",
            "released_on",
            "demanded_by",
        )

    def __str__(self) -> str:
        return f"{self.number} {self.person}"


class Change(InstitutionRow):
    """One step of a file, on an order: admitted, transferred, placed, released ..."""

    class Step(models.TextChoices):
        ADMITTED = "admitted", _("admitted")
        TRANSFERRED = "transferred", _("transferred")
        REGIME_CHANGED = "regime_changed", _("regime changed")
        CONDITIONS_CHANGED = "conditions_changed", _("conditions changed")
        PLACED = "placed", _("placed in a cell")
        SEPARATED = "separated", _("separated")
        SEPARATION_ENDED = "separation_ended", _("separation ended")
        LEGAL_STATUS_CHANGED = "legal_status_changed", _("legal status changed")
        RELEASED = "released", _("released")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn: entered in error")

    prisoner = models.ForeignKey(Prisoner, models.PROTECT, related_name="changes")
    step = models.CharField(_("step"), max_length=24, choices=Step)
    on = models.DateField(_("in force from"))
    order_number = models.CharField(_("order"), max_length=60, blank=True)
    order_on = models.DateField(_("order of"), null=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            never(
                "change_without_order",
                Q(step__in=["admitted", "transferred", "released"], order_number=""),
            ),
            never(
                "correction_without_reason",
                Q(step__in=["corrected", "withdrawn"], reason=""),
            ),
        ]
        indexes = [models.Index(fields=["prisoner", "on"], name="change_of_file")]

    class Sensitivity:
        public = ("id", "institution", "request_id")
        personal = (
            "prisoner",
            "step",
            "on",
            "order_number",
            "order_on",
            "before",
            "after",
            "reason",
            "recorded_at",
            "recorded_by",
        )

    def __str__(self) -> str:
        return f"{self.step} {self.on}"


class Separation(InstitutionRow):
    """Isolation, quarantine or hospital: no ordinary visit while it lasts."""

    class Kind(models.TextChoices):
        ISOLATION = "isolation", _("punishment isolator")
        QUARANTINE = "quarantine", _("quarantine after admission")
        HOSPITAL = "hospital", _("hospital")

    prisoner = models.ForeignKey(Prisoner, models.PROTECT, related_name="separations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (day after the last)"), null=True)
    order_number = models.CharField(_("order"), max_length=60)
    ended_at = models.DateTimeField(_("ended early"), null=True)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            never("separation_ends_before_it_starts", Q(ends_on__lte=F("starts_on"))),
            never("isolation_without_end", Q(kind="isolation", ends_on=None)),
            never(
                "isolation_on_a_sixteenth_day",
                Q(
                    kind="isolation",
                    ends_on__gt=F("starts_on") + timedelta(days=ISOLATION_DAYS_AT_MOST),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["prisoner", "starts_on"], name="separation_of_file")
        ]

    class Sensitivity:
        public = ("id", "institution", "request_id")
        personal = ("prisoner", "starts_on", "ends_on", "order_number", "ended_at")
        special = ("kind",)

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"

    @property
    def last_on(self) -> date | None:
        """The last day, as people say it; None while it is open."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None
