"""Bags, what lies in them, and every hand they passed through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from darbaza.kernel.db import never
from darbaza.parcels.chain import BY_TWO, ENDS, ON_ORDER, SEALED, SIGNED, Where
from darbaza.sites.models import InstitutionRow


def _codes(places: frozenset[Where]) -> list[str]:
    """Return codes in one order, so that no migration sees a change where none is."""
    return sorted(str(place) for place in places)


class Bag(InstitutionRow):
    """One bag with a label. It is always in exactly one place: ``where``."""

    class Part(models.TextChoices):
        GOODS = "goods", _("goods for the prisoner")
        BACK = "back", _("goes back to the sender")
        KEPT = "kept", _("kept as evidence")

    class State(models.TextChoices):
        COUNTER = "counter", _("at the counter")
        INSPECTION = "inspection", _("at the inspection")
        STORE = "store", _("in the store")
        ROUND = "round", _("on the delivery round")
        DELIVERED = "delivered", _("delivered to the prisoner")
        BACK = "back", _("given back to the sender")
        HELD = "held", _("held until a decision")
        SEIZED = "seized", _("seized with a protocol")
        INVESTIGATOR = "investigator", _("handed over to the investigator")
        DESTROYED = "destroyed", _("destroyed")
        SENT_ON = "sent_on", _("sent on to another institution")
        EMPTIED = "emptied", _("empty after a correction")

    sending = models.ForeignKey(
        "parcels.Sending", models.PROTECT, null=True, related_name="bags"
    )
    """None: found on a person who sent nothing."""
    part = models.CharField(_("part"), max_length=8, choices=Part)
    label = models.CharField(_("number on the label"), max_length=16, unique=True)
    where = models.CharField(_("where"), max_length=12, choices=State)
    holder = models.CharField(_("in whose hands"), max_length=160)
    seal = models.CharField(_("seal"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    perishable = models.BooleanField(_("perishable"), default=False)
    since = models.DateTimeField(_("there since"))
    prints = models.PositiveSmallIntegerField(_("labels printed"), default=0)

    class Meta:
        constraints = [
            never(
                "bag_kept_without_seal",
                Q(where__in=_codes(SEALED)) & (Q(seal="") | Q(place="")),
            ),
            never("bag_in_no_hands", Q(holder="")),
        ]
        indexes = [
            models.Index(
                fields=["institution", "where", "since"],
                condition=~Q(where__in=_codes(ENDS)),
                name="bag_open",
            ),
        ]

    class Sensitivity:
        public = ("id", "institution", "label", "prints", "perishable")
        personal = ("sending", "part", "where", "holder", "seal", "place", "since")

    def __str__(self) -> str:
        return self.label

    @property
    def ended(self) -> bool:
        """Whether it has left the house."""
        return Where(self.where) in ENDS


class InForce(models.Manager["Line"]):
    """Lines as they stand now; what a correction replaced is left out."""

    def get_queryset(self) -> models.QuerySet["Line"]:
        """Return every line that no correction has replaced."""
        return super().get_queryset().filter(replaced_by=None)


class Line(InstitutionRow):
    """Goods of one kind in one bag.

    A line that is split between bags keeps its ``position`` in each, so that the
    pieces of a position add up to what was handed in, whatever becomes of them.
    """

    bag = models.ForeignKey(Bag, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("line"))
    item = models.ForeignKey("parcels.Item", models.PROTECT, related_name="+")
    category = models.CharField(_("category on that day"), max_length=40)
    words = models.CharField(_("what it is"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("pieces"))
    grams = models.PositiveIntegerField(_("grams"))
    effect = models.CharField(_("decision"), max_length=5)
    grounds = models.JSONField(_("grounds"), default=list)
    replaced_by = models.ForeignKey(
        "parcels.Correction",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    """The correction after which it stands no more; None: it stands."""

    objects = InForce()
    ever = models.Manager["Line"]()
    """With the lines that were corrected, for the history."""

    class Meta:
        constraints = [
            never("goods_of_no_quantity", Q(quantity=0)),
            models.UniqueConstraint(
                fields=["bag", "position"],
                condition=Q(replaced_by=None),
                name="goods_once_a_bag",
            ),
        ]
        ordering = ["position"]

    class Sensitivity:
        public = ("id", "institution", "position", "replaced_by")
        personal = (
            "bag",
            "item",
            "category",
            "words",
            "quantity",
            "grams",
            "effect",
            "grounds",
        )

    def __str__(self) -> str:
        return f"{self.quantity} × {self.item}"


class Step(InstitutionRow):
    """One hand-over of a bag (``chain.Step``). Steps are only ever added."""

    bag = models.ForeignKey(Bag, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField(_("step"))
    to = models.CharField(_("to"), max_length=12, choices=Bag.State)
    at = models.DateTimeField(_("when"))
    giver = models.CharField(_("given by"), max_length=160)
    taker = models.CharField(_("taken by"), max_length=160)
    witness = models.CharField(_("second person"), max_length=160, blank=True)
    seal = models.CharField(_("seal on it"), max_length=40, blank=True)
    broken = models.CharField(_("seal opened"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    order = models.CharField(_("protocol or order"), max_length=60, blank=True)
    signed = models.BooleanField(_("signed by whoever received it"), default=False)
    withdrawn = models.BooleanField(_("the finding was withdrawn"), default=False)
    """Why a seized bag comes out again; ``order`` names the protocol."""
    note = models.CharField(_("note"), max_length=300, blank=True)
    by_name = models.CharField(_("entered by"), max_length=160)
    request_id = models.UUIDField(_("request"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bag", "number"], name="bag_step_once"),
            models.UniqueConstraint(
                fields=["bag", "request_id"], name="bag_step_asked_once"
            ),
            never("bag_step_by_one", Q(to__in=_codes(BY_TWO), witness="")),
            never("bag_step_unsigned", Q(to__in=_codes(SIGNED), signed=False)),
            never("bag_step_without_order", Q(to__in=_codes(ON_ORDER), order="")),
            never(
                "bag_step_out_of_seizure_unsigned",
                Q(withdrawn=True) & (Q(order="") | Q(witness="") | Q(signed=False)),
            ),
        ]
        ordering = ["number"]

    class Sensitivity:
        public = ("id", "institution", "number", "at", "request_id")
        personal = (
            "bag",
            "to",
            "giver",
            "taker",
            "witness",
            "seal",
            "broken",
            "place",
            "order",
            "signed",
            "withdrawn",
            "by_name",
        )
        special = ("note",)

    def __str__(self) -> str:
        return f"{self.number}: {self.to}"
