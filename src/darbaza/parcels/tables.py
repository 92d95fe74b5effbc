"""Lists of sendings, of the store and of goods, as pages, CSV and XLSX show them."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from darbaza.pages.tables import Column, Table
from darbaza.pages.templatetags.pages import weight
from darbaza.parcels import delivery, words
from darbaza.parcels.delivery import Alarm
from darbaza.parcels.models import Bag, Barcode, Item, Sending
from darbaza.parcels.selectors import catalogue, store


def _page(row: Sending) -> str:
    return reverse("parcels:sending", args=[row.pk])


def _sender(row: Sending) -> str:
    return str(row.sender.name if row.sender else row.sender_name)


SENDINGS: Table[Sending] = Table(
    columns=(
        Column("reference", _("Receipt"), lambda s: s.reference, "reference", _page),
        Column("handed_in", _("Handed in"), lambda s: s.handed_in_at, "handed_in_at"),
        Column("status", _("Status"), lambda s: s.get_status_display(), "status",
               template="parcels/_cell_status.html"),
        Column("channel", _("Kind"), lambda s: s.get_channel_display(), "channel"),
        Column("number", _("Number"), lambda s: s.prisoner.number, "prisoner__number"),
        Column("prisoner", _("Prisoner"), lambda s: s.prisoner.person.name,
               "prisoner__person__surname"),
        Column("sender", _("Sender"), _sender),
        Column("weight", _("Weight, kg"), lambda s: weight(s.grams), "grams",
               numeric=True),
        Column("decided", _("Decided"), lambda s: s.decided_at, "decided_at"),
        Column("delivered", _("Delivered"), lambda s: s.delivered_at, "delivered_at"),
        Column("registered_by", _("Registered by"), lambda s: s.registered_by,
               export_only=True),
        Column("ended", _("Ended"), lambda s: s.ended_at, export_only=True),
        Column("ended_reason", _("Why it ended"), lambda s: s.ended_reason,
               export_only=True),
    ),
    order="-handed_in",
)  # fmt: skip


def _sending(bag: Bag) -> Sending:
    if bag.sending is None:  # found on a person: such bags stand on no list here
        raise LookupError(bag.label)
    return bag.sending


def cell_of(bag: Bag) -> str:
    """Return where the prisoner lives: block and cell."""
    prisoner = _sending(bag).prisoner
    if prisoner.cell:
        return str(prisoner.cell)
    return prisoner.block.code if prisoner.block else "–"


def due(bag: Bag) -> datetime | None:
    """Return by when a bag that came with its clock should be delivered."""
    return getattr(bag, "due", None)


def alarm_of(bag: Bag, at: datetime | None = None) -> Alarm:
    """Say how a bag stands against its time; nothing rings once its way has ended."""
    if bag.ended:
        return Alarm.NONE
    handed_in_at = _sending(bag).handed_in_at
    return delivery.alarm(handed_in_at, due(bag), at=at or timezone.now())


def age(bag: Bag) -> int:
    """Return the whole hours since a bag was handed in."""
    return (timezone.now() - _sending(bag).handed_in_at) // timedelta(hours=1)


STORE: Table[Bag] = Table(
    columns=(
        Column("label", pgettext_lazy("parcel", "Bag"), lambda b: b.label,
               link=lambda b: reverse("parcels:sending", args=[b.sending_id])),
        Column("reference", _("Receipt"), lambda b: _sending(b).reference),
        Column("cell", _("Cell"), cell_of),
        Column("number", _("Number"), lambda b: _sending(b).prisoner.number),
        Column("prisoner", _("Prisoner"), lambda b: _sending(b).prisoner.person.name),
        Column("part", _("Part"), lambda b: b.get_part_display()),
        Column("where", _("Where"), lambda b: b.get_where_display()),
        Column("place", _("Place"), lambda b: b.place, export_only=True),
        Column("perishable", _("Perishable"), lambda b: b.perishable),
        Column("age", _("Hours here"), age, numeric=True),
        Column("due", _("Deliver by"), due, template="parcels/_cell_due.html"),
        Column("next", _("What happens next"), lambda b: words.NEXT[store.next_of(b)]),
    ),
)  # fmt: skip

GOODS: Table[Item] = Table(
    columns=(
        Column("name", _("Goods"), lambda i: i.name, "name_ru",
               template="parcels/catalogue/_cell_item.html"),
        Column("code", _("Code"), lambda i: i.code, "code"),
        Column("category", _("Category"), lambda i: i.category, "category"),
        Column("piece_g", _("Grams of one piece"), lambda i: i.piece_g, "piece_g",
               numeric=True),
        Column("perishable", _("Perishable"), lambda i: i.perishable, "perishable"),
        Column("codes", _("Barcodes"), lambda i: getattr(i, "codes", 0), "codes",
               numeric=True),
        Column("words", _("Other words for it"), lambda i: i.words),
        Column("closed_on", _("Closed"), lambda i: i.closed_on, "closed_on"),
    ),
    search=catalogue.named,
    order="category",
)  # fmt: skip

BARCODES: Table[Barcode] = Table(
    columns=(
        Column("code", _("Barcode"), lambda b: b.code, "code",
               link=lambda b: reverse("parcels:barcode", args=[b.pk])),
        Column("item", _("Goods"), lambda b: b.item.name, "item__name_ru"),
        Column("piece_g", _("Grams of one piece"), lambda b: b.piece_g, numeric=True),
        Column("learned_at", _("Learned"), lambda b: b.learned_at, "learned_at"),
        Column("learned_by", _("Learned by"), lambda b: b.learned_by),
    ),
    search=lambda rows, q: rows.filter(
        Q(code__startswith=q) | Q(item__in=catalogue.named(Item.objects.all(), q))
    ),
    order="-learned_at",
)  # fmt: skip
