"""Lists taken over from files: the batch, its rows, and remembered column heads."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow


class ImportBatch(InstitutionRow):
    """One file: what it is, which column means what, and how far it has come."""

    class Kind(models.TextChoices):
        PRISONERS = "prisoners", _("prisoners")
        CONTACTS = "contacts", _("contacts")
        BANS = "bans", _("bans and conditions")
        USERS = "users", _("users")

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        MAKING = "making", _("being taken over")
        DONE = "done", _("taken over")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.UPLOADED
    )
    file_name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    head = models.JSONField(_("heads of the columns"), default=list)
    columns = models.JSONField(_("field to column"), default=dict)
    total = models.PositiveIntegerField(_("lines"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.CharField(_("uploaded by"), max_length=160)
    stepped_at = models.DateTimeField(_("last step"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.CharField(_("undone by"), max_length=160, blank=True)
    undo_reason = models.CharField(_("why undone"), max_length=300, blank=True)
    walker = models.JSONField(_("who walks"), default=dict)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            never("import_done_without_time", Q(status="done", finished_at=None)),
            never("import_undone_without_time", Q(status="undone", undone_at=None)),
        ]
        indexes = [
            models.Index(fields=["institution", "uploaded_at"], name="import_where")
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "kind",
            "status",
            "digest",
            "head",
            "columns",
            "total",
            "uploaded_at",
            "stepped_at",
            "finished_at",
            "undone_at",
            "request_id",
        )
        personal = ("file_name", "uploaded_by", "undone_by", "undo_reason", "walker")

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"


class ImportRow(InstitutionRow):
    """One line of a file. Its cells are emptied once they stand in the register."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("not yet checked")
        NEW = "new", _("new")
        PRESENT = "present", _("already there")
        WRONG = "wrong", _("wrong")
        MADE = "made", _("taken over")
        WITHDRAWN = "withdrawn", _("withdrawn")
        KEPT = "kept", _("kept: later work stands on it")

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField(_("line in the file"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING
    )
    cells = models.JSONField(_("cells"), default=list)
    problems = models.JSONField(_("problems"), default=list)
    target_id = models.UUIDField(_("what was made"), null=True)
    person_id = models.UUIDField(_("person"), null=True)
    handed_at = models.DateTimeField(_("password handed out"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="import_line_once"),
            never("import_made_nothing", Q(status="made", target_id=None)),
        ]
        indexes = [
            models.Index(fields=["batch", "status", "line"], name="import_progress")
        ]

    class Sensitivity:
        public = ("id", "institution", "batch", "line", "status", "handed_at")
        personal = ("cells", "problems", "target_id", "person_id")

    def __str__(self) -> str:
        return f"{self.line}: {self.status}"


class ImportHead(InstitutionRow):
    """What an institution's lists call a column; guessed first next time."""

    kind = models.CharField(_("kind"), max_length=10, choices=ImportBatch.Kind)
    head = models.CharField(_("head"), max_length=80)
    field = models.CharField(_("field"), max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind", "head"], name="import_head_once"
            )
        ]

    class Sensitivity:
        public = ("id", "institution", "kind", "head", "field")

    def __str__(self) -> str:
        return f"{self.head}: {self.field}"
