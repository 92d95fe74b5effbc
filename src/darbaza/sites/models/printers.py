"""Printers, and what waits for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.sites.models.places import Closable, InstitutionRow, Named, Post
from darbaza.sites.types import Fault, Paper, Target

SIZES = [("80mm", _("roll of 80 mm")), ("a5", "A5"), ("a4", "A4")]
OF_PAPER = {
    Paper.PASS: "passes",
    Paper.RECEIPT: "receipts",
    Paper.LABEL: "labels",
    Paper.PAPER: "papers",
}
"""The column that says whether a printer takes a kind of paper by itself."""

SETTLED = ["printed", "cancelled"]
"""What is settled keeps nothing of the paper; what is open still has all of it."""

_OTHER_WAY = (Q(kind="cups") & ~Q(connection="queue")) | (
    ~Q(kind="cups") & Q(connection="queue")
)
_UNKNOWN_FAULT = ~Q(fault__in=["", *(fault.value for fault in Fault)])


class Printer(Closable, Named):
    """A printer that the server itself sends to."""

    class Kind(models.TextChoices):
        ESCPOS = "escpos", _("receipt printer (ESC/POS)")
        ZPL = "zpl", _("label printer (ZPL)")
        CUPS = "cups", _("queue of the server (CUPS)")

    class Connection(models.TextChoices):
        NETWORK = "network", _("on the network")
        DEVICE = "device", _("by cable to the server")
        QUEUE = "queue", _("through a queue")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    connection = models.CharField(_("connection"), max_length=8, choices=Connection)
    address = models.CharField(_("address of the printer"), max_length=120)
    port = models.PositiveIntegerField(_("port"), default=9100)
    dots = models.PositiveIntegerField(_("width in dots"), default=576)
    dpi = models.PositiveIntegerField(_("dots an inch"), default=203)
    sheet = models.CharField(
        _("paper in it"), max_length=8, choices=SIZES, default="80mm"
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="printers"
    )
    passes = models.BooleanField(_("prints passes"), default=False)
    receipts = models.BooleanField(_("prints receipts"), default=False)
    labels = models.BooleanField(_("prints labels"), default=False)
    papers = models.BooleanField(_("prints refusals and lists"), default=False)
    fault = models.CharField(_("fault"), max_length=32, blank=True, default="")
    asked_at = models.DateTimeField(_("last heard of"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name_ky"],
                condition=Q(closed_on=None),
                name="printer_named_once",
            ),
            never("printer_queue_is_cups", _OTHER_WAY),
            never("printer_without_address", Q(address="")),
            never("printer_port_possible", Q(port__lt=1) | Q(port__gt=65_535)),
            never("printer_width_possible", Q(dots__lt=64) | Q(dots__gt=4_096)),
            never("printer_dpi_possible", Q(dpi__lt=100) | Q(dpi__gt=720)),
            never("printer_fault_known", _UNKNOWN_FAULT),
        ]
        ordering = ["name_ky"]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "name_ky",
            "name_ru",
            "name_en",
            "kind",
            "connection",
            "address",
            "port",
            "dots",
            "dpi",
            "sheet",
            "post",
            "passes",
            "receipts",
            "labels",
            "papers",
            "fault",
            "asked_at",
            "closed_on",
        )

    @property
    def target(self) -> Target:
        """What sending needs to know of it."""
        return Target(
            self.kind,
            self.connection,
            self.address,
            self.port,
            self.dots,
            self.dpi,
            self.sheet,
        )

    @property
    def size(self) -> str:
        """The size of the sheets to make for it; a label printer has a roll too."""
        return self.sheet if self.kind == self.Kind.CUPS else "80mm"

    def takes(self, paper: Paper) -> bool:
        """Say whether it prints this kind of paper by itself."""
        column = OF_PAPER.get(paper)
        return column is not None and bool(getattr(self, column))


class PrintJob(InstitutionRow):
    """One paper for one printer: kept as it was rendered until it is printed."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits for the printer")
        SENDING = "sending", _("is being sent")
        PRINTED = "printed", _("given to the printer")
        FAILED = "failed", _("broken off")
        CANCELLED = "cancelled", _("not to be printed any more")

    class Paper(models.TextChoices):
        PASS = Paper.PASS.value, _("pass")
        RECEIPT = Paper.RECEIPT.value, _("receipt")
        LABEL = Paper.LABEL.value, _("label")
        PAPER = Paper.PAPER.value, _("sheet of paper")
        TEST = Paper.TEST.value, _("test page")

    printer = models.ForeignKey(Printer, models.PROTECT, related_name="jobs")
    paper = models.CharField(_("what it is"), max_length=8, choices=Paper)
    title = models.CharField(_("reference"), max_length=80)
    pdf = models.BinaryField(_("the paper itself"), null=True)
    status = models.CharField(
        _("state"), max_length=9, choices=Status, default=Status.WAITING
    )
    fault = models.CharField(_("fault"), max_length=32, blank=True, default="")
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    request_id = models.UUIDField(_("request"), editable=False)
    made_at = models.DateTimeField(_("asked for"))
    made_by = models.CharField(_("by"), max_length=160)
    tried_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    ended_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "request_id"], name="print_job_asked_once"
            ),
            never("print_job_fault_known", _UNKNOWN_FAULT),
            never("print_job_broken_off_without_fault", Q(status="failed", fault="")),
            never("print_job_printed_with_fault", Q(status="printed") & ~Q(fault="")),
            never(
                "print_job_settled_with_paper",
                Q(status__in=SETTLED) & (Q(ended_at=None) | Q(pdf__isnull=False)),
            ),
            never(
                "print_job_open_without_paper",
                ~Q(status__in=SETTLED) & (Q(ended_at__isnull=False) | Q(pdf=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["printer", "status"], name="print_job_waiting"),
            models.Index(fields=["institution", "made_at"], name="print_job_newest"),
        ]
        ordering = ["-made_at"]

    class Sensitivity:
        personal = ("pdf", "made_by")
        public = (
            "id",
            "institution",
            "printer",
            "paper",
            "title",
            "status",
            "fault",
            "attempts",
            "request_id",
            "made_at",
            "tried_at",
            "ended_at",
        )

    def __str__(self) -> str:
        return self.title

    @property
    def open(self) -> bool:
        """Whether it may still be sent, or be given up."""
        return self.ended_at is None
