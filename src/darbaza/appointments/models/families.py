"""A family's code, and what a stranger without one asked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow

LANGUAGES = (("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English"))


class Access(InstitutionRow):
    """A code with which one visitor books for one prisoner.

    ``code_key`` is an HMAC of the code under the key of the installation: the code
    itself is printed once and kept nowhere.
    """

    class Channel(models.TextChoices):
        ENTRANCE = "entrance", _("given at the entrance")
        PRISONER = "prisoner", _("given to the prisoner")

    prisoner = models.ForeignKey(
        "custody.Prisoner", models.PROTECT, related_name="accesses"
    )
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, related_name="accesses"
    )
    code_key = models.CharField(
        _("fingerprint of the code"), max_length=64, unique=True
    )
    channel = models.CharField(_("how it was given"), max_length=8, choices=Channel)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.CharField(_("e-mail"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    given_at = models.DateTimeField(_("given"))
    given_by = models.CharField(_("given by"), max_length=160)
    valid_to = models.DateField(_("until (day after the last)"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        constraints = [never("access_without_code", Q(code_key=""))]
        indexes = [
            models.Index(fields=["prisoner", "person"], name="access_of_contact")
        ]

    class Sensitivity:
        public = ("id", "institution", "channel", "given_at", "valid_to", "revoked_at")
        personal = (
            "prisoner", "person", "code_key", "phone", "email", "language", "given_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)


class Ask(InstitutionRow):
    """What somebody without a code wrote: kept as typed, never looked up."""

    name = models.CharField(_("own name"), max_length=160)
    phone = models.CharField(_("telephone"), max_length=40)
    about = models.CharField(_("what it is about"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=160, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        constraints = [
            never("ask_answered_without_words",
                  Q(answered_at__isnull=False) & Q(answer="")),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["institution", "answered_at"], name="ask_waiting")
        ]

    class Sensitivity:
        public = ("id", "institution", "language", "asked_at", "answered_at")
        personal = ("name", "phone", "about", "answered_by", "answer")

    def __str__(self) -> str:
        return str(self.pk)
