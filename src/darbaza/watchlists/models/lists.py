"""A list, each file that was loaded into it, and its entries."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.kernel.db import never
from darbaza.sites.models import InstitutionRow
from darbaza.watchlists.types import Birth, Listed, Paper, birth


class WatchList(InstitutionRow):
    """A list of people to look at twice. National; ``institution`` made it."""

    class Kind(models.TextChoices):
        UN = "un", _("consolidated list of the United Nations (XML)")
        CSV = "csv", _("table (CSV)")
        BANS = "bans", _("bans of every prison")

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    source = models.CharField(_("source"), max_length=300)
    owner = models.CharField(pgettext_lazy("watch-list", "owner"), max_length=160)
    purpose = models.CharField(_("purpose"), max_length=300)
    kept_until = models.DateField(_("kept until (first day without it)"), null=True)
    columns = models.JSONField(_("field to column"), default=dict)
    made_at = models.DateTimeField(_("made"))
    made_by = models.CharField(_("made by"), max_length=160)
    erased_at = models.DateTimeField(_("erased"), null=True)
    erased_by = models.CharField(_("erased by"), max_length=160, blank=True)
    erase_reason = models.CharField(_("why erased"), max_length=300, blank=True)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(erased_at=None), name="watchlist_name_once"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="bans"),
                name="watchlist_of_bans_once",
            ),
            never(
                "watchlist_without_source",
                Q(name="") | Q(source="") | Q(owner="") | Q(purpose=""),
            ),
            never("watchlist_kept_for_ever", ~Q(kind="bans") & Q(kept_until=None)),
            never(
                "watchlist_erased_by_nobody",
                Q(erased_at__isnull=False) & (Q(erased_by="") | Q(erase_reason="")),
            ),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "name",
            "kind",
            "source",
            "owner",
            "purpose",
            "kept_until",
            "columns",
            "made_at",
            "erased_at",
            "erase_reason",
            "request_id",
        )
        personal = ("made_by", "erased_by")

    def __str__(self) -> str:
        return self.name


class Version(InstitutionRow):
    """One file of a list. Its bytes are kept until it is taken over or thrown away."""

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("watch-list", "read, not yet taken over")
        LOADED = (
            "loaded",
            pgettext_lazy("watch-list", "in force or followed by another"),
        )
        DROPPED = "dropped", pgettext_lazy("watch-list", "thrown away")

    watchlist = models.ForeignKey(WatchList, models.PROTECT, related_name="versions")
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.WAITING
    )
    number = models.PositiveIntegerField(_("number"))
    file_name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    data = models.BinaryField(_("file, while it waits"), null=True)
    settings = models.JSONField(_("how the table is read"), default=dict)
    published_on = models.DateField(_("published on"), null=True)
    added = models.PositiveIntegerField(_("new entries"), default=0)
    changed = models.PositiveIntegerField(_("changed entries"), default=0)
    left = models.PositiveIntegerField(_("entries that left"), default=0)
    ignored = models.PositiveIntegerField(_("organisations passed over"), default=0)
    blind = models.PositiveIntegerField(_("entries with a name alone"), default=0)
    problems = models.JSONField(_("lines that cannot be read"), default=list)
    loaded_at = models.DateTimeField(_("loaded"))
    loaded_by = models.CharField(_("loaded by"), max_length=160)
    request_id = models.UUIDField(_("request"), null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["watchlist", "number"], name="watchlist_version_once"
            ),
            never(
                "watchlist_version_keeps_its_file",
                ~Q(status="waiting") & Q(data__isnull=False),
            ),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "watchlist",
            "status",
            "number",
            "digest",
            "settings",
            "published_on",
            "added",
            "changed",
            "left",
            "ignored",
            "blind",
            "loaded_at",
            "request_id",
        )
        personal = ("file_name", "loaded_by")
        special = ("data", "problems")

    def __str__(self) -> str:
        return f"{self.watchlist_id} {self.number}"


class Entry(InstitutionRow):
    """Somebody on a list, as one version says. Other facts make another row."""

    watchlist = models.ForeignKey(WatchList, models.PROTECT, related_name="entries")
    reference = models.CharField(_("number on the list"), max_length=80)
    names = models.JSONField(_("names"))
    births = models.JSONField(_("dates of birth"), default=list)
    sex = models.CharField(_("sex"), max_length=1, default="X")
    papers = models.JSONField(_("documents"), default=list)
    personal_number = models.CharField(_("personal number"), max_length=14, blank=True)
    remark = models.CharField(_("remark"), max_length=1000, blank=True)
    listed_on = models.DateField(_("listed on"), null=True)
    facts = models.CharField(_("fingerprint"), max_length=64)
    opened_by = models.ForeignKey(
        Version, models.PROTECT, related_name="opened", verbose_name=_("first in")
    )
    closed_by = models.ForeignKey(
        Version,
        models.PROTECT,
        null=True,
        related_name="closed",
        verbose_name=_("no longer in"),
    )
    opened_at = models.DateTimeField(_("from"))
    closed_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["watchlist", "reference"],
                condition=Q(closed_at=None),
                name="watchlist_entry_once",
            ),
            never("watchlist_entry_without_reference", Q(reference="")),
            never(
                "watchlist_entry_closed_before_it_opens",
                Q(closed_at__lt=F("opened_at")),
            ),
            never(
                "watchlist_entry_closed_by_no_version",
                Q(closed_at__isnull=False) & Q(closed_by=None),
            ),
        ]
        indexes = [models.Index(fields=["closed_at"], name="watchlist_entry_open")]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "watchlist",
            "opened_by",
            "closed_by",
            "opened_at",
            "closed_at",
        )
        special = (
            "reference",
            "names",
            "births",
            "sex",
            "papers",
            "personal_number",
            "remark",
            "listed_on",
            "facts",
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """The name that the list gives first."""
        return str(self.names[0]) if self.names else self.reference

    @property
    def listed(self) -> Listed:
        """The entry as policies compare it."""
        births: list[Birth] = [birth(text) for text in self.births]
        return Listed(
            reference=self.reference,
            names=tuple(self.names),
            births=tuple(births),
            sex=self.sex,
            papers=tuple(Paper(*row) for row in self.papers),
            personal_number=self.personal_number,
            remark=self.remark,
            listed_on=self.listed_on,
        )
