"""The prisoner's file in its short form, contacts, restrictions, keep-apart."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.custody.types import ISOLATION_DAYS_AT_MOST
from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Prisoner(InstitutionRow):
    """One file of one person. ``institution`` is where they are held now (or last)."""

    class Status(models.TextChoices):
        HELD = "held", _("held")
        RELEASED = "released", _("released")

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
    number = models.CharField(_("prisoner's number"), max_length=24, unique=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.HELD
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

    class Meta:
        constraints = [
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
            models.Index(fields=["institution", "status"], name="prisoner_held_where")
        ]

    class Sensitivity:
        public = ("id", "institution")
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
        RELEASED = "released", _("released")
        CORRECTED = "corrected", _("corrected")

    prisoner = models.ForeignKey(Prisoner, models.PROTECT, related_name="changes")
    step = models.CharField(_("step"), max_length=20, choices=Step)
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
            never("correction_without_reason", Q(step="corrected", reason="")),
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
        public = ("id", "institution")
        personal = ("prisoner", "starts_on", "ends_on", "order_number", "ended_at")
        special = ("kind",)

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"


class Contact(InstitutionRow):
    """A person whom a prisoner may meet: kinship, and who approved it when."""

    class Kinship(models.TextChoices):
        SPOUSE = "spouse", _("spouse")
        PARENT = "parent", _("parent")
        CHILD = "child", _("child")
        SIBLING = "sibling", _("brother or sister")
        HALF_SIBLING = "half_sibling", _("half-brother or half-sister")
        GRANDPARENT = "grandparent", _("grandparent")
        GRANDCHILD = "grandchild", _("grandchild")
        ADOPTIVE_PARENT = "adoptive_parent", _("adoptive parent")
        ADOPTED_CHILD = "adopted_child", _("adopted child")
        PARTNER = "partner", _("partner")
        RELATIVE = "relative", _("other relative")
        FRIEND = "friend", _("friend or other person")
        LAWYER = "lawyer", _("lawyer")
        OFFICIAL = "official", _("official")
        CLERGY = "clergy", _("minister of religion")

    class Status(models.TextChoices):
        PENDING = "pending", _("awaiting approval")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    prisoner = models.ForeignKey(Prisoner, models.PROTECT, related_name="contacts")
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, related_name="contacts"
    )
    kinship = models.CharField(_("kinship"), max_length=20, choices=Kinship)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PENDING
    )
    proof = models.CharField(_("proof of kinship"), max_length=160, blank=True)
    proposed_at = models.DateTimeField(_("proposed"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=160, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "person"], name="contact_once"),
            never(
                "contact_decided_by_nobody",
                Q(status__in=["approved", "refused"])
                & (Q(decided_at=None) | Q(decided_by="")),
            ),
            never("contact_refused_without_reason", Q(status="refused", reason="")),
        ]
        indexes = [models.Index(fields=["person"], name="contact_person")]

    class Sensitivity:
        public = ("id", "institution")
        personal = (
            "prisoner",
            "person",
            "kinship",
            "status",
            "proof",
            "proposed_at",
            "decided_at",
            "decided_by",
            "reason",
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kinship}"


class Restriction(InstitutionRow):
    """A ban or a condition at one of three levels.

    Person only: every prisoner in every prison. Person and prisoner: this pair.
    Prisoner only: all visitors of this prisoner.
    """

    class Kind(models.TextChoices):
        BANNED = "banned", _("no visits")
        CLOSED = "closed", _("visits behind glass only")
        NO_CHILDREN = "no_children", _("no visits by children")
        SUPERVISED = "supervised", _("visits under observation")
        EARLIER_INFORMATION = "earlier_information", _("earlier information: see file")

    person = models.ForeignKey(
        "persons.Person", models.PROTECT, null=True, related_name="restrictions"
    )
    prisoner = models.ForeignKey(
        Prisoner, models.PROTECT, null=True, related_name="restrictions"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (day after the last)"), null=True)
    reason = models.CharField(_("reason, for officers"), max_length=300)
    authority = models.CharField(_("ordered by"), max_length=160)
    order_number = models.CharField(_("order"), max_length=60)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.CharField(_("lifted by"), max_length=160, blank=True)
    lift_reason = models.CharField(_("why lifted"), max_length=300, blank=True)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            never("restriction_on_nobody", Q(person=None, prisoner=None)),
            never("restriction_ends_before_it_starts", Q(ends_on__lte=F("starts_on"))),
            never("restriction_without_reason", Q(reason="")),
            never(
                "restriction_lifted_by_nobody",
                Q(lifted_at__isnull=False) & (Q(lifted_by="") | Q(lift_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "prisoner"], name="restriction_person"),
            models.Index(fields=["prisoner"], name="restriction_prisoner"),
        ]

    class Sensitivity:
        public = ("id", "institution", "request_id")
        personal = (
            "person",
            "prisoner",
            "kind",
            "starts_on",
            "ends_on",
            "authority",
            "order_number",
            "recorded_at",
            "recorded_by",
            "lifted_at",
            "lifted_by",
            "lift_reason",
        )
        special = ("reason",)

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"


class KeepApart(InstitutionRow):
    """Two prisoners who must not meet. Stored once a pair, smaller key first."""

    class Level(models.TextChoices):
        SESSION = "session", _("not in one visiting session")
        DAY = "day", _("not on one visiting day")

    first = models.ForeignKey(Prisoner, models.PROTECT, related_name="+")
    second = models.ForeignKey(Prisoner, models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=8, choices=Level)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=160, blank=True)

    class Meta:
        constraints = [
            never("keep_apart_out_of_order", Q(first__gte=F("second"))),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_at=None),
                name="keep_apart_once",
            ),
        ]
        indexes = [models.Index(fields=["second"], name="keep_apart_second")]

    class Sensitivity:
        public = ("id", "institution")
        personal = (
            "first",
            "second",
            "level",
            "recorded_at",
            "recorded_by",
            "ended_at",
            "ended_by",
        )
        special = ("reason",)

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"


class Permit(InstitutionRow):
    """Leave of an investigator or a court to visit a prisoner on remand."""

    prisoner = models.ForeignKey(Prisoner, models.PROTECT, related_name="permits")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="permits")
    authority = models.CharField(_("investigator or court"), max_length=160)
    number = models.CharField(_("number"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (day after the last)"))
    visits = models.PositiveSmallIntegerField(_("number of visits"), default=1)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        constraints = [
            never("permit_ends_before_it_starts", Q(ends_on__lte=F("starts_on"))),
            never("permit_for_no_visit", Q(visits=0)),
        ]
        indexes = [models.Index(fields=["prisoner", "person"], name="permit_pair")]

    class Sensitivity:
        public = ("id", "institution")
        personal = (
            "prisoner",
            "person",
            "authority",
            "number",
            "starts_on",
            "ends_on",
            "visits",
            "recorded_at",
            "recorded_by",
            "revoked_at",
        )

    def __str__(self) -> str:
        return self.number
