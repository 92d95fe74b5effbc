"""What stands on the papers of this room, in the language of whoever reads them."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from darbaza.accounts.types import Actor
from darbaza.pages import dates
from darbaza.parcels import selectors, tables, words
from darbaza.parcels.models import Bag
from darbaza.sites import selectors as sites


def round_list(*, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the list of what is out on a round, by block and cell, to be signed."""
    blocks: dict[str, list[list[str]]] = {}
    for bag in selectors.on_round(by=by, at=at):
        blocks.setdefault(_block(bag), []).append(_line(bag))
    return {
        "language": translation.get_language() or "ky",
        "institution": str(sites.institution(by.institution_id, by=by).name),
        "printed": dates.moment(at),
        "title": _("Delivery round"),
        "day": f"{dates.short(timezone.localtime(at))} · {by.name}",
        "heads": [
            _("Cell"), _("Prisoner"), pgettext("parcel", "Bag"), _("Goods"), _("Time"),
            _("Received: signature, or why not"),
        ],
        "nobody": _("Nothing is out on a round."),
        "blocks": [{"name": name, "rows": rows} for name, rows in blocks.items()],
        "signature": _("Delivered by"),
        "foot": _("Scan the signed list and keep it with its bags."),
    }  # fmt: skip


def _block(bag: Bag) -> str:
    prisoner = bag.sending.prisoner if bag.sending else None
    if prisoner is None or prisoner.block is None:
        return str(_("without a block"))
    return _("Block %(code)s") % {"code": prisoner.block.code}


def _line(bag: Bag) -> list[str]:
    prisoner = bag.sending.prisoner if bag.sending else None
    alarm = words.ALARM.get(tables.alarm_of(bag), "")
    goods = ", ".join(f"{li.quantity} × {li.item.name}" for li in bag.lines.all())
    return [
        tables.cell_of(bag),
        f"{prisoner.person.name}\n{prisoner.number}" if prisoner else "",
        f"{bag.label}\n{alarm}".strip(),
        goods,
    ]
