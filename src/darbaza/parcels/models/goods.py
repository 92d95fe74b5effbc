"""The catalogue: goods, their barcodes, usual bundles; and orders that suspend some.

A category of goods is the last word of its rule's code, ``parcels.item.<category>``:
what may be brought is law, so it stands with the rules, dated and verified there.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import Row, never
from darbaza.sites.models import InstitutionRow, Named


class Item(Named):
    """One kind of goods that an officer can enter with a few letters."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    category = models.CharField(_("category"), max_length=40)
    piece_g = models.PositiveIntegerField(_("grams of one piece"), null=True)
    """What one usually weighs; fills the line until somebody weighs it."""
    perishable = models.BooleanField(_("perishable"), default=False)
    words = models.CharField(_("other words for it"), max_length=300, blank=True)
    """Brands and everyday words in any language, found like the names."""
    closed_on = models.DateField(_("closed on"), null=True)

    class Meta:
        constraints = [
            never("item_without_code", Q(code="") | Q(category="")),
            never("item_of_no_weight", Q(piece_g=0)),
        ]
        ordering = ["category", "code"]

    class Sensitivity:
        public = (
            "id",
            "name_ky",
            "name_ru",
            "name_en",
            "code",
            "category",
            "piece_g",
            "perishable",
            "words",
            "closed_on",
        )


class Barcode(Row):
    """The barcode on goods from a shop (EAN-8, UPC-A, EAN-13), learned at a desk."""

    code = models.CharField(_("barcode"), max_length=14, unique=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="barcodes")
    label = models.CharField(_("what is printed on it"), max_length=120, blank=True)
    piece_g = models.PositiveIntegerField(_("grams of one piece"), null=True)
    learned_at = models.DateTimeField(_("learned"))
    learned_by = models.CharField(_("learned by"), max_length=160)

    class Meta:
        constraints = [never("barcode_of_no_weight", Q(piece_g=0))]

    class Sensitivity:
        public = ("id", "code", "item", "label", "piece_g", "learned_at")
        personal = ("learned_by",)

    def __str__(self) -> str:
        return self.code


class Bundle(Named):
    """Goods that often come together, entered with one key."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    closed_on = models.DateField(_("closed on"), null=True)

    class Meta:
        ordering = ["code"]

    class Sensitivity:
        public = ("id", "name_ky", "name_ru", "name_en", "code", "closed_on")


class BundleLine(Row):
    """One kind of goods in a bundle."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("line"))
    quantity = models.PositiveSmallIntegerField(_("pieces"))
    grams = models.PositiveIntegerField(_("grams"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "position"], name="bundle_line_once"
            ),
            never("bundle_line_of_nothing", Q(quantity=0)),
        ]
        ordering = ["position"]

    class Sensitivity:
        public = ("id", "bundle", "item", "position", "quantity", "grams")


class Suspension(InstitutionRow):
    """An order that suspends perishable goods at one institution for a time."""

    order_number = models.CharField(_("order"), max_length=60)
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (day after the last)"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=160)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=160, blank=True)
    request_id = models.UUIDField(_("request"), unique=True)

    class Meta:
        constraints = [
            never("suspension_ends_before_it_starts", Q(ends_on__lte=F("starts_on"))),
            never("suspension_without_order", Q(order_number="") | Q(reason="")),
            never("suspension_ended_by_nobody", Q(ended_at__isnull=False, ended_by="")),
        ]
        ordering = ["-starts_on"]

    class Sensitivity:
        public = (
            "id",
            "institution",
            "order_number",
            "reason",
            "starts_on",
            "ends_on",
            "recorded_at",
            "ended_at",
            "request_id",
        )
        personal = ("recorded_by", "ended_by")

    def __str__(self) -> str:
        return f"{self.order_number} {self.starts_on}"

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.ended_at is None and self.starts_on <= day < self.ends_on
