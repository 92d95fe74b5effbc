"""One national record a person: registered once, found again in any prison."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class Sex(models.TextChoices):
    """As the document says; X where it says neither."""

    FEMALE = "F", _("female")
    MALE = "M", _("male")
    OTHER = "X", _("not stated")


class Person(InstitutionRow):
    """Somebody, as their document names them. ``institution`` registered them first.

    Every name part but one may be missing (the naming law of July 2025). Cyrillic and
    Latin are kept apart, as printed, and never translated. ``key``, ``surname_key``
    and ``given_key`` are sound keys of ``persons.names``, for searching only;
    ``named_at`` is when they were written, by the server's clock (``slips``).
    """

    surname = models.CharField(_("surname"), max_length=120, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=120, blank=True)
    surname_latin = models.CharField(_("surname, Latin"), max_length=120, blank=True)
    given_names_latin = models.CharField(
        _("given names, Latin"), max_length=120, blank=True
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.OTHER)
    birth_on = models.DateField(_("date of birth"), null=True)
    citizenship = models.CharField(_("citizenship"), max_length=3, blank=True)
    personal_number = models.CharField(
        _("personal number"), max_length=14, null=True, blank=True
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, default="ky")
    key = models.CharField(_("sound key"), max_length=240, editable=False)
    surname_key = models.CharField(_("sound of surname"), max_length=80, editable=False)
    given_key = models.CharField(_("sound of name"), max_length=80, editable=False)
    named_at = models.DateTimeField(
        _("name written"), null=True, auto_now=True, editable=False
    )
    photo = models.ForeignKey(
        "persons.Photo", models.SET_NULL, null=True, related_name="+"
    )
    notice_given_at = models.DateTimeField(_("privacy notice given"), null=True)
    registered_at = models.DateTimeField(_("registered"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed"
    )
    request_id = models.UUIDField(_("request"), null=True, unique=True, editable=False)

    class Meta:
        constraints = [
            never(
                "person_without_any_name",
                Q(surname="", given_names="", surname_latin="", given_names_latin=""),
            ),
            never("person_merged_into_self", Q(merged_into=F("id"))),
            models.UniqueConstraint(
                fields=["personal_number"],
                condition=Q(merged_into=None),
                name="person_personal_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["surname_key", "given_key"], name="person_sound"),
            models.Index(fields=["given_key", "surname_key"], name="person_given"),
            models.Index(fields=["birth_on", "surname_key"], name="person_birth"),
            models.Index(fields=["named_at"], name="person_named"),
        ]

    class Sensitivity:
        public = ("id", "institution", "registered_at", "request_id", "named_at")
        personal = (
            "surname",
            "given_names",
            "patronymic",
            "surname_latin",
            "given_names_latin",
            "sex",
            "birth_on",
            "citizenship",
            "personal_number",
            "phone",
            "language",
            "key",
            "surname_key",
            "given_key",
            "photo",
            "notice_given_at",
            "merged_into",
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Surname, given names, patronymic as printed; Latin where nothing else is."""
        parts = (self.surname, self.given_names, self.patronymic)
        return " ".join(p for p in parts if p) or self.name_latin

    @property
    def name_latin(self) -> str:
        """Surname and given names as printed in Latin letters."""
        return " ".join(p for p in (self.surname_latin, self.given_names_latin) if p)


class Document(InstitutionRow):
    """An identity document or paper that somebody showed. People change passports."""

    class Kind(models.TextChoices):
        PASSPORT = "passport", _("passport")
        ID_CARD = "id_card", _("identity card")
        VISA = "visa", _("visa")
        BIRTH_CERTIFICATE = "birth_certificate", _("birth certificate")
        DRIVING_LICENCE = "driving_licence", _("driving licence")
        PHONE_DOCUMENT = "phone_document", _("document on the telephone (Tunduk)")
        LAWYER_LICENCE = "lawyer_licence", _("lawyer's licence")
        SERVICE_CARD = "service_card", _("service card of an official")
        RELEASE_CERTIFICATE = "release_certificate", _("certificate of release")
        OTHER = "other", _("other document")

    class Source(models.TextChoices):
        TYPED = "typed", _("typed from the document")
        READER = "reader", _("passport reader")
        IMAGE = "image", _("picture of the document")
        IMPORT = "import", _("imported list")

    person = models.ForeignKey(Person, models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    number = models.CharField(_("number"), max_length=40)
    issuer = models.CharField(_("issuing State"), max_length=3, blank=True)
    issued_by = models.CharField(_("issuing authority"), max_length=160, blank=True)
    issued_on = models.DateField(_("issued on"), null=True)
    expires_on = models.DateField(_("expires on"), null=True)
    mrz = models.CharField(_("machine-readable zone"), max_length=140, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source)
    seen_at = models.DateTimeField(_("first seen"))

    class Meta:
        constraints = [
            never("document_without_number", Q(number="")),
            never("document_expires_before_issue", Q(expires_on__lt=F("issued_on"))),
            models.UniqueConstraint(
                fields=["person", "kind", "issuer", "number"],
                name="document_once_a_person",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="document_number")]

    class Sensitivity:
        public = ("id", "institution", "kind", "source", "seen_at")
        personal = (
            "person",
            "number",
            "issuer",
            "issued_by",
            "issued_on",
            "expires_on",
            "mrz",
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Photo(InstitutionRow):
    """A photograph, kept in the database so that a backup holds everything."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="photos")
    image = models.BinaryField(_("JPEG, at most 640 x 640"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    taken_at = models.DateTimeField(_("taken"))
    taken_by = models.CharField(_("taken by"), max_length=160)

    class Sensitivity:
        public = ("id", "institution", "taken_at")
        personal = ("person", "image", "digest", "taken_by")

    def __str__(self) -> str:
        return f"{self.taken_at:%d.%m.%Y %H:%M}"


class Merge(InstitutionRow):
    """Two records found to be one person; may be undone."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="merged_by")
    reason = models.CharField(_("why"), max_length=300)
    moved = models.JSONField(_("what was moved"), default=dict)
    merged_at = models.DateTimeField(_("merged"))
    merged_by = models.CharField(_("merged by"), max_length=160)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.CharField(_("undone by"), max_length=160, blank=True)

    class Meta:
        constraints = [
            never("merge_with_self", Q(kept=F("absorbed"))),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at=None),
                name="merge_absorbed_once",
            ),
        ]

    class Sensitivity:
        public = ("id", "institution", "merged_at", "undone_at")
        personal = ("kept", "absorbed", "reason", "moved", "merged_by", "undone_by")

    def __str__(self) -> str:
        return f"{self.kept_id} < {self.absorbed_id}"
