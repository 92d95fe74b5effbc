"""What stands on the papers of this room, in the language of whoever reads them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from darbaza.accounts.types import Actor
from darbaza.kernel.errors import Invalid
from darbaza.pages import dates, papers
from darbaza.pages.templatetags.pages import weight
from darbaza.parcels import lists, selectors, tables, words
from darbaza.parcels.forms.public import Goods
from darbaza.parcels.models import Bag
from darbaza.parcels.selectors.family import Shelf
from darbaza.sites import selectors as sites

LANGUAGES = ("ky", "ru", "en")


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


def family_list(shelves: list[Shelf], form: Goods, *, at: datetime) -> dict[str, Any]:
    """Return a family's list with its code; nothing about anybody is in it.

    Raises:
        Invalid: Nothing, too much, or something impossible is on the list.
    """
    if form.errors:
        raise Invalid("list_goods_unknown")
    listed = form.listed()
    codes = lists.encode(listed)
    rules = {item.code: shelf for shelf in shelves for item in shelf.items}
    grams = sum(line.grams for line in listed)
    return {
        "language": translation.get_language() or "ky",
        "institution": "Darbaza",
        "printed": dates.moment(at),
        "title": _("My list for a package"),
        "heads": [_("Goods"), _("Pieces"), _("Weight, kg"), _("What holds for it")],
        "rows": [
            [
                form.items[line.item].name,
                str(line.quantity),
                weight(line.grams) if line.grams else "–",
                words.about(rules[line.item].rule),
            ]
            for line in listed
        ],
        "total": _("Together about %(kg)s kg.") % {"kg": weight(grams)},
        "codes": [{"svg": papers.qr(code), "text": code} for code in codes],
        "show": _("Show this code at the window: it is read in one scan."),
        "notes": [
            _("The officer weighs and checks everything; only that counts."),
            _("This is no permission, and it holds no place in a queue."),
            _("The code holds this list and nothing about you or the addressee."),
        ],
    }


def may_bring(prison: Any, *, at: datetime) -> dict[str, Any]:
    """Return what may be brought as data of its page and its sheet.

    Args:
        prison: Where to; None where nobody has said it.
        at: Now.
    """
    on = timezone.localdate(at)
    shelves = selectors.shelves(on)
    return {
        "language": translation.get_language() or "ky",
        "institution": str(prison.name) if prison else "Darbaza",
        "printed": dates.moment(at),
        "title": _("What may I bring?"),
        "suspended": _suspended(prison, on),
        "groups": [
            {"verdict": verdict.value, "name": str(title), "rows": rows}
            for verdict, title in words.VERDICTS.items()
            if (rows := [_shelf(s) for s in shelves if s.rule.verdict is verdict])
        ],
        "weights_title": _("How heavy"),
        "weights": [
            [
                str(words.CHANNELS[channel]),
                _("at most %(kg)s kg") % {"kg": weight(grams)},
            ]
            for channel, grams in selectors.weights(on).items()
            if channel in words.CHANNELS
        ],
        "quotas_title": _("How often"),
        "quotas": _quotas(on),
        "quotas_note": _("The officer at the window tells you what is left."),
        "ask_title": _("Whom to ask"),
        "ask": _ask(prison),
        "unverified": str(words.UNVERIFIED),
        "foot": _("Medicines come in on a doctor's advice only, and are not counted."),
        "size": "a5",
    }


def _suspended(prison: Any, on: date) -> str:
    order = selectors.suspended(prison.pk, on) if prison else None
    if order is None:
        return ""
    last = dates.short(order.ends_on - timedelta(days=1))
    return _("Perishable food cannot be brought now, up to and including %(last)s.") % {
        "last": last
    }


def _shelf(shelf: Shelf) -> list[str]:
    """Return a category: name, limit, some of its goods, whether it is verified."""
    goods = ", ".join(item.name for item in shelf.items[:6])
    mark = "" if shelf.rule.rule.verified else "*"
    return [f"{shelf.name}{mark}", words.limit(shelf.rule), goods]


def _quotas(on: date) -> list[list[str]]:
    """Return how many packages and parcels each regime allows, a line a regime."""
    found: dict[str, list[str]] = {}
    for row in selectors.quotas(on):
        count = str(_("no limit")) if row.amount is None else str(row.amount)
        told = f"{row.conditions}: {count}"
        if row.amount is not None:
            told += f" ({row.period})"
        found.setdefault(f"{row.regime}{'' if row.verified else '*'}", []).append(told)
    return [[regime, "; ".join(lines)] for regime, lines in found.items()]


def _ask(prison: Any) -> list[list[str]]:
    if prison is None:
        return [[_("At the entrance"), _("the officer at the window")]]
    return [
        [_("At the entrance"), _("the officer at the window")],
        [_("Telephone"), prison.phone or "–"],
        [_("Address"), prison.address or "–"],
    ]
