"""Places: what stands in an institution, and the institution itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import Row, never


class Installation(Row):
    """What this database is: one row, made once, never changed.

    A demonstration can never become real, nor a real database take demonstration
    data: every door that makes either asks this row first.
    """

    demonstration = models.BooleanField(_("demonstration"))
    created_at = models.DateTimeField(_("created"))
    singleton = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [never("installation_only_one", Q(singleton=False))]

    class Sensitivity:
        public = ("id", "demonstration", "created_at", "singleton")

    def __str__(self) -> str:
        return "demonstration" if self.demonstration else "real"


class Named(Row):
    """A row with a name in each language of the service."""

    name_ky = models.CharField(_("name in Kyrgyz"), max_length=160)
    name_ru = models.CharField(_("name in Russian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        code = (get_language() or "ky")[:2]
        return getattr(self, f"name_{code}", "") or self.name_ky


class Institution(Named):
    """A prison, a remand prison, or headquarters."""

    class Kind(models.TextChoices):
        COLONY = "colony", _("correctional institution")
        WOMEN = "women", _("institution for women")
        JUVENILE = "juvenile", _("institution for juveniles")
        MEDICAL = "medical", _("treatment institution")
        REMAND = "remand", _("remand prison")
        HEADQUARTERS = "headquarters", _("headquarters")

    code = models.CharField(_("number"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    complaints_to = models.CharField(_("complaints go to"), max_length=200, blank=True)
    money_paid_to = models.CharField(_("money is paid"), max_length=300, blank=True)
    paper_language = models.CharField(
        _("language of official papers"), max_length=2, default="ky"
    )
    entrance_capacity = models.PositiveIntegerField(
        _("visitors inside at once"), default=60
    )
    shared_minutes = models.PositiveSmallIntegerField(
        _("minutes until a shared computer locks"), default=10
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        constraints = [
            never("institution_locks_at_once", Q(shared_minutes__lt=1)),
        ]

    class Sensitivity:
        public = (
            "id",
            "name_ky",
            "name_ru",
            "name_en",
            "code",
            "kind",
            "address",
            "phone",
            "complaints_to",
            "money_paid_to",
            "paper_language",
            "entrance_capacity",
            "shared_minutes",
            "closed_on",
        )


class InstitutionRow(Row):
    """A row that belongs to one institution and never shows outside it."""

    institution = models.ForeignKey(
        "sites.Institution", models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class Closable(InstitutionRow):
    """A place that can be closed from a day and opened again; never deleted."""

    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        abstract = True


class Block(Closable):
    """A building or wing in which prisoners live."""

    code = models.CharField(_("block"), max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "code"], name="block_code_once"
            ),
        ]
        ordering = ["code"]

    class Sensitivity:
        public = ("id", "institution", "code", "closed_on")

    def __str__(self) -> str:
        return self.code


class Cell(Closable):
    """A room in which prisoners sleep."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="cells")
    code = models.CharField(_("cell"), max_length=20)
    places = models.PositiveSmallIntegerField(_("places"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["block", "code"], name="cell_code_once"),
            never("cell_without_places", Q(places=0)),
        ]
        ordering = ["block__code", "code"]

    class Sensitivity:
        public = ("id", "institution", "block", "code", "places", "closed_on")

    def __str__(self) -> str:
        return f"{self.block}-{self.code}"


class Room(Closable, Named):
    """A room for visits: hall, closed booths, family rooms by night, lawyers."""

    class Kind(models.TextChoices):
        OPEN = "open", _("hall with tables")
        CLOSED = "closed", _("booths with glass")
        FAMILY = "family", _("family rooms by night")
        LAWYER = "lawyer", _("room for lawyers and officials")
        VIDEO = "video", _("video booths")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name_ky"],
                condition=Q(closed_on=None),
                name="room_named_once",
            ),
        ]
        ordering = ["kind", "name_ky"]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "name_ky",
            "name_ru",
            "name_en",
            "kind",
            "closed_on",
        )


class Seat(Closable):
    """One table, booth or family room: holds one visiting party at a time."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="seats")
    label = models.CharField(_("label"), max_length=20)
    people = models.PositiveSmallIntegerField(_("visitors at most"), default=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "label"], name="seat_label_once"),
            never("seat_for_nobody", Q(people=0)),
        ]
        ordering = ["room", "label"]

    class Sensitivity:
        public = ("id", "institution", "room", "label", "people", "closed_on")

    def __str__(self) -> str:
        return self.label


class Post(Closable, Named):
    """A working place of staff: a window of the entrance, the inner gate."""

    class Kind(models.TextChoices):
        WINDOW = "window", _("window of the entrance")
        GATE = "gate", _("inner gate")
        OFFICE = "office", _("office")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name_ky"],
                condition=Q(closed_on=None),
                name="post_named_once",
            ),
        ]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "name_ky",
            "name_ru",
            "name_en",
            "kind",
            "closed_on",
        )
