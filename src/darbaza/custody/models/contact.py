"""Whom a prisoner may meet: contacts, and permits while on remand."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.custody.models.prisoner import Prisoner
from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


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

    @property
    def last_on(self) -> date:
        """The last day, as people say it."""
        return self.ends_on - timedelta(days=1)
